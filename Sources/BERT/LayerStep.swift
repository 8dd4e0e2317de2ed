internal import MatrixMath

/// The steps of a layer in single precision. Products are cut by columns: each thread reads its share of the weights,
/// which are more than a cache holds.
enum LayerStep: CaseIterable {
    /// Query, key and value of the part's heads and their attention, which needs no other head.
    case attention
    case attentionOutput
    case attentionNorm
    case intermediate
    case output
    case outputNorm

    /// Made once: a pass allocates no memory.
    static let inOrder = allCases
}

extension Encoder {
    /// Computes a part of a step. What a product is added to (its bias, with the residual where there is one) is written
    /// to its output first, in place of the zeros that the library would write there.
    func compute(_ step: LayerStep, of layer: LayerWeights, _ part: PassPart) {
        let width = configuration.hiddenSize
        let hidden = part.view(part.shared.hidden, columns: width)
        let update = part.view(part.shared.update, columns: width)
        switch step {
        case .attention:
            project(layer.queryKeyValue, part)
            attend(part)
        case .attentionOutput:
            let context = MatrixView(part.view(part.shared.context, columns: width))
            apply(layer.attentionOutput, to: context, residual: hidden, into: update, part.columns(of: width))
        case .attentionNorm: layer.attentionNorm.apply(update[part.rows])
        case .intermediate:
            let columns = part.columns(of: configuration.intermediateSize)
            let activations = part.view(part.shared.wide, columns: configuration.intermediateSize)
            apply(layer.intermediate, to: MatrixView(update), into: activations, columns)
            applyGELU(activations[columns: columns])
        case .output:
            let activations = MatrixView(part.view(part.shared.wide, columns: configuration.intermediateSize))
            apply(layer.output, to: activations, residual: update, into: hidden, part.columns(of: width))
        case .outputNorm: layer.outputNorm.apply(hidden[part.rows])
        }
    }

    /// Query, key and value of the part's heads: one product where they are all.
    private func project(_ linear: LinearWeights, _ part: PassPart) {
        let width = configuration.hiddenSize
        let hidden = MatrixView(part.view(part.shared.hidden, columns: width))
        let queryKeyValue = part.view(part.shared.wide, columns: 3 * width)
        guard part.count > 1 else { return apply(linear, to: hidden, into: queryKeyValue, 0..<3 * width) }
        let heads = part.share(of: configuration.headCount)
        for start in stride(from: 0, to: 3 * width, by: width) {
            apply(
                linear, to: hidden, into: queryKeyValue,
                start + heads.lowerBound * configuration.headSize..<start + heads.upperBound * configuration.headSize)
        }
    }

    /// Some columns of `input · weightᵀ + bias`, and of the residual where there is one.
    private func apply(
        _ linear: LinearWeights, to input: MatrixView, residual: MutableMatrixView? = nil,
        into output: MutableMatrixView, _ columns: Range<Int>
    ) {
        let output = output[columns: columns]
        let bias = linear.bias + columns.lowerBound
        if let residual {
            add(MatrixView(residual[columns: columns]), row: bias, into: output)
        } else {
            fill(output, rows: bias)
        }
        addProduct(input, transposed: linear.weight[columns], into: output)
    }
}
