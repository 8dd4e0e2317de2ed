internal import BERT
internal import BERTGradients
internal import MatrixMath

// The merged weights are written by `merge`, which the trainer calls while no pass runs, and only read otherwise.
/// An encoder with adapters that change: their product is merged into copies of the weights before each step, which
/// costs as much as one token's pass.
final class AdaptedEncoder: @unchecked Sendable {
    /// Computes with the merged weights.
    private(set) var encoder: DifferentiableEncoder
    private let base: EncoderParameters
    private let layout: ParameterLayout
    private let scale: Float
    private let arena = FloatArena()
    /// `[3 · hidden, hidden]` a layer.
    private var merged: [MutableMatrixView] = []

    init(_ encoder: Encoder, layout: ParameterLayout, scale: Float) {
        self.encoder = DifferentiableEncoder(encoder)
        base = encoder.parameters
        self.layout = layout
        self.scale = scale
        for (index, layer) in base.layers.enumerated() {
            let source = layer.queryKeyValue.weight
            let copy = MutableMatrixView(
                arena.allocate(source.rows * source.columns), rows: source.rows, columns: source.columns)
            copy.base.update(from: source.base, count: source.rows * source.columns)
            merged.append(copy)
            self.encoder.parameters.layers[index].queryKeyValue.weight = MatrixView(copy)
        }
    }

    /// Computes `W + scale · B · A` of every adapted part.
    func merge(_ parameters: UnsafePointer<Float>) {
        let width = layout.hiddenSize
        for layer in merged.indices {
            for (index, part) in ParameterLayout.adaptedParts.enumerated() {
                let rows = MutableMatrixView(merged[layer][part.number * width], rows: width, columns: width)
                rows.base.update(
                    from: base.layers[layer].queryKeyValue.weight.base + part.number * width * width,
                    count: width * width)
                multiply(
                    b(parameters, layer: layer, part: index), a(parameters, layer: layer, part: index), into: rows,
                    scale: scale, keep: 1)
            }
        }
    }

    /// Adds the adapters' gradients of one layer: with `y = x · (W + scale · B · A)ᵀ`,
    /// `∂B = scale · ∂yᵀ · (x · Aᵀ)` and `∂A = scale · (∂y · B)ᵀ · x`.
    ///
    /// - Parameters:
    ///   - input: the layer's input, `[tokens, hidden]`.
    ///   - queryKeyValue: the gradients, `[tokens, 3 · hidden]`.
    ///   - scratch: `[tokens, rank]`.
    ///   - gradient: `[layout.count]`.
    func addGradients(
        layer: Int, input: MatrixView, queryKeyValue: MatrixView, parameters: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, to gradient: UnsafeMutablePointer<Float>
    ) {
        let width = layout.hiddenSize
        let inner = MutableMatrixView(scratch, rows: input.rows, columns: layout.rank)
        for (index, part) in ParameterLayout.adaptedParts.enumerated() {
            let output = MatrixView(
                queryKeyValue.base + part.number * width, rows: input.rows, columns: width,
                stride: queryKeyValue.stride)
            multiply(input, transposed: a(parameters, layer: layer, part: index), into: inner)
            multiply(
                transposed: output, MatrixView(inner),
                into: MutableMatrixView(
                    gradient + layout.loraB(layer: layer, part: index).lowerBound, rows: width,
                    columns: layout.rank),
                scale: scale, keep: 1)
            multiply(output, b(parameters, layer: layer, part: index), into: inner)
            multiply(
                transposed: MatrixView(inner), input,
                into: MutableMatrixView(
                    gradient + layout.loraA(layer: layer, part: index).lowerBound, rows: layout.rank,
                    columns: width),
                scale: scale, keep: 1)
        }
    }

    private func a(_ parameters: UnsafePointer<Float>, layer: Int, part: Int) -> MatrixView {
        MatrixView(
            parameters + layout.loraA(layer: layer, part: part).lowerBound, rows: layout.rank,
            columns: layout.hiddenSize)
    }

    private func b(_ parameters: UnsafePointer<Float>, layer: Int, part: Int) -> MatrixView {
        MatrixView(
            parameters + layout.loraB(layer: layer, part: part).lowerBound, rows: layout.hiddenSize,
            columns: layout.rank)
    }
}
