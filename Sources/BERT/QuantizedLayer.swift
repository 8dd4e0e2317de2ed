internal import MatrixMath

/// The linear layers of one transformer layer in 8-bit integers; its normalisations are those of ``LayerWeights``.
struct QuantizedLayer: Sendable {
    let queryKeyValue: QuantizedLinear
    let attentionOutput: QuantizedLinear
    let intermediate: QuantizedLinear
    let output: QuantizedLinear

    /// Tokens that pass from attention to the layer's end together, so that what lies between stays in the
    /// second-level cache.
    static let blockRows = 48
    /// The most tokens of a pass that threads share by columns: each quantises all of them for itself.
    static let mostSharedRows = 128
    /// The bytes of a layer's weights from which on reading them takes each thread longer than waiting for each other.
    static let manyWeights = 4 << 20

    /// What query, key and value are computed from: a variant's are too.
    private let inputs: InputStatistics

    /// - Parameter inputs: those of each linear layer.
    init(_ layer: LayerWeights, inputs: LayerInputs) {
        self.inputs = inputs.queryKeyValue
        queryKeyValue = QuantizedLinear(layer.queryKeyValue, inputs.queryKeyValue)
        attentionOutput = QuantizedLinear(layer.attentionOutput, inputs.attentionOutput)
        intermediate = QuantizedLinear(layer.intermediate, inputs.intermediate)
        output = QuantizedLinear(layer.output, inputs.output)
    }

    /// A variant's layer, which has but query, key and value of its own.
    init(_ layer: LayerWeights, variantOf base: QuantizedLayer) {
        inputs = base.inputs
        queryKeyValue = QuantizedLinear(layer.queryKeyValue, inputs)
        attentionOutput = base.attentionOutput
        intermediate = base.intermediate
        output = base.output
    }
}

extension QuantizedLayer: LinearLayers {}

extension QuantizedLinear: LinearLayer {
    /// Rows are quantised once a call: as many as ``QuantizedLayer/mostSharedRows``.
    func apply(
        _ input: MatrixView, _ finish: LinearFinish, into output: MutableMatrixView,
        columns: some Sequence<Range<Int>>, using own: Workspace
    ) {
        let quantized = own.requireQuantized()
        quantized.quantize(input, for: self)
        for columns in columns { apply(quantized, finish, into: output, columns: columns) }
    }

    fileprivate convenience init(_ linear: LinearWeights, _ inputs: InputStatistics) {
        self.init(weight: linear.weight, bias: linear.bias, inputs: inputs)
    }
}

/// The steps of a layer in 8-bit integers that are cut by rows, but for attention: what lies between products stays in a
/// thread's second-level cache, while the weights of all columns pass by.
enum QuantizedLayerStep: CaseIterable {
    case queryKeyValue
    case attention
    /// What follows attention, to the layer's end.
    case transformation

    /// Made once: a pass allocates no memory.
    static let inOrder = allCases
}

extension Encoder {
    /// Computes a part of a step, block by block.
    func compute(_ step: QuantizedLayerStep, of layer: QuantizedLayer, norms: LayerWeights, _ part: PassPart) {
        switch step {
        case .queryKeyValue: for rows in blocks(of: part) { project(rows, layer, part) }
        case .attention: attend(part)
        case .transformation: for rows in blocks(of: part) { transform(rows, layer, norms: norms, part) }
        }
    }

    private func project(_ rows: Range<Int>, _ layer: QuantizedLayer, _ part: PassPart) {
        let width = configuration.hiddenSize
        let quantized = part.own.requireQuantized()
        quantized.quantize(
            MatrixView(part.view(part.shared.hidden, rows: rows, columns: width)), for: layer.queryKeyValue)
        layer.queryKeyValue.apply(
            quantized, .bias, into: part.view(part.shared.wide, rows: rows, columns: 3 * width))
    }

    private func transform(_ rows: Range<Int>, _ layer: QuantizedLayer, norms: LayerWeights, _ part: PassPart) {
        let width = configuration.hiddenSize
        let quantized = part.own.requireQuantized()
        let hidden = part.view(part.shared.hidden, rows: rows, columns: width)
        let update = MutableMatrixView(part.own.update, rows: rows.count, columns: width)
        quantized.quantize(
            MatrixView(part.view(part.shared.context, rows: rows, columns: width)), for: layer.attentionOutput)
        layer.attentionOutput.apply(quantized, .biasAndResidual(MatrixView(hidden)), into: update)
        norms.attentionNorm.apply(update)

        let activations = MutableMatrixView(
            part.own.wide, rows: rows.count, columns: configuration.intermediateSize)
        quantized.quantize(MatrixView(update), for: layer.intermediate)
        layer.intermediate.apply(quantized, .biasAndGELU, into: activations)
        quantized.quantize(MatrixView(activations), for: layer.output)
        layer.output.apply(quantized, .biasAndResidual(MatrixView(update)), into: hidden)
        norms.outputNorm.apply(hidden)
    }

    private func blocks(of part: PassPart) -> some Sequence<Range<Int>> {
        let rows = part.rows
        return stride(from: rows.lowerBound, to: rows.upperBound, by: QuantizedLayer.blockRows).lazy.map {
            $0..<min($0 + QuantizedLayer.blockRows, rows.upperBound)
        }
    }
}
