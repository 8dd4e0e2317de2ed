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

    init(_ layer: LayerWeights) {
        queryKeyValue = QuantizedLinear(layer.queryKeyValue)
        attentionOutput = QuantizedLinear(layer.attentionOutput)
        intermediate = QuantizedLinear(layer.intermediate)
        output = QuantizedLinear(layer.output)
    }

    /// A variant's layer, which has but query, key and value of its own.
    init(_ layer: LayerWeights, variantOf base: QuantizedLayer) {
        queryKeyValue = QuantizedLinear(layer.queryKeyValue)
        attentionOutput = base.attentionOutput
        intermediate = base.intermediate
        output = base.output
    }
}

extension QuantizedLinear {
    fileprivate convenience init(_ linear: LinearWeights) { self.init(weight: linear.weight, bias: linear.bias) }
}

extension Encoder {
    /// One layer in 8-bit integers: attention over all tokens, everything else block by block.
    func apply(_ layer: QuantizedLayer, at index: Int, _ batch: TokenBatch, _ workspace: Workspace) {
        guard let quantized = workspace.quantized else {
            preconditionFailure("the workspace was made by an encoder that computes in fp32")
        }
        let tokens = batch.tokenCount
        let width = configuration.hiddenSize
        let norms = weights.layers[index]
        let hidden = MutableMatrixView(workspace.hidden, rows: tokens, columns: width)
        let context = MutableMatrixView(workspace.context, rows: tokens, columns: width)

        let queryKeyValue = MutableMatrixView(workspace.wide, rows: tokens, columns: 3 * width)
        for block in blocks(of: tokens) {
            quantized.quantize(MatrixView(hidden[block]))
            layer.queryKeyValue.apply(quantized, .bias, into: queryKeyValue[block])
        }
        attend(batch, workspace)
        for block in blocks(of: tokens) {
            let update = MutableMatrixView(workspace.update, rows: block.count, columns: width)
            quantized.quantize(MatrixView(context[block]))
            layer.attentionOutput.apply(quantized, .biasAndResidual(MatrixView(hidden[block])), into: update)
            norms.attentionNorm.apply(update)

            let activations = MutableMatrixView(
                workspace.wide, rows: block.count, columns: configuration.intermediateSize)
            quantized.quantize(MatrixView(update))
            layer.intermediate.apply(quantized, .biasAndGELU, into: activations)
            quantized.quantize(MatrixView(activations))
            layer.output.apply(quantized, .biasAndResidual(MatrixView(update)), into: hidden[block])
            norms.outputNorm.apply(hidden[block])
        }
    }

    private func blocks(of tokens: Int) -> some Sequence<Range<Int>> {
        stride(from: 0, to: tokens, by: QuantizedLayer.blockRows).lazy.map {
            $0..<min($0 + QuantizedLayer.blockRows, tokens)
        }
    }
}
