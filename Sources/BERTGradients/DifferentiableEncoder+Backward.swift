internal import BERT
package import MatrixMath

extension DifferentiableEncoder {
    /// Reads a layer's input `[tokens, hidden]` and the gradients of its queries, keys and values side by side,
    /// `[tokens, 3 · hidden]`.
    package typealias LayerReader = (_ layer: Int, _ input: MatrixView, _ queryKeyValue: MatrixView) -> Void

    /// Takes the gradient of a forward pass's embeddings back through the encoder, from the last layer to the first.
    ///
    /// - Parameters:
    ///   - embeddings: the loss's derivative by the embeddings, `[texts, embeddingWidth]`.
    ///   - dropout: that of the forward pass.
    ///   - toInput: whether it is taken on to the input embeddings, which `tape.gradient` then holds.
    ///   - read: is called once for each layer.
    package func backward(
        embeddings: UnsafePointer<Float>, dropout: EncoderDropout = .none, tape: ActivationTape, toInput: Bool,
        read: LayerReader
    ) {
        let width = configuration.hiddenSize
        backThroughPooling(embeddings, tape: tape)
        let gradient = tape.rows(tape.gradient, width)
        for (index, layer) in parameters.layers.enumerated().reversed() {
            let goesOn = toInput || index > 0
            backward(layer, index: index, dropout: dropout, tape: tape, goesOn: goesOn, read: read)
        }
        guard toInput else { return }
        dropout.mask(.embeddings).apply(gradient)
        parameters.embeddingNorm.applyBackward(gradient, input: MatrixView(tape.rows(tape.embeddingSum, width)))
    }

    /// Spreads the embeddings' gradient over the tokens, into `tape.gradient`.
    private func backThroughPooling(_ embeddings: UnsafePointer<Float>, tape: ActivationTape) {
        let width = configuration.hiddenSize
        tape.gradient.update(repeating: 0, count: tape.tokenCount * width)
        for (text, (start, end)) in zip(tape.sequenceOffsets, tape.sequenceOffsets.dropFirst()).enumerated()
        where start < end {
            let row = embeddings + text * embeddingWidth
            if embeddingWidth == 2 * width {
                let share = 1 / Float(end - start)
                let first = tape.gradient + start * width
                for column in 0..<width { first[column] = row[width + column] * share }
                for token in start + 1..<end { (tape.gradient + token * width).update(from: first, count: width) }
            }
            add(
                MatrixView(row, rows: 1, columns: width), row: tape.gradient + start * width,
                into: MutableMatrixView(tape.gradient + start * width, rows: 1, columns: width))
        }
    }

    /// Turns the gradient of a layer's output in `tape.gradient` into that of its input.
    private func backward(
        _ layer: EncoderParameters.Layer, index: Int, dropout: EncoderDropout, tape: ActivationTape, goesOn: Bool,
        read: LayerReader
    ) {
        let width = configuration.hiddenSize
        let inner = configuration.intermediateSize
        let kept = tape.layers[index]
        let count = tape.tokenCount * width
        let gradient = tape.rows(tape.gradient, width)
        // The gradient of the branch beside a residual: the residual's own, through the branch's dropout.
        let branch = tape.rows(tape.narrow.0, width)

        layer.outputNorm.applyBackward(gradient, input: MatrixView(tape.rows(kept.outputSum, width)))
        branch.base.update(from: gradient.base, count: count)
        dropout.mask(.output(layer: index)).apply(branch)
        let activations = tape.rows(tape.wide, inner)
        multiply(MatrixView(branch), layer.output.weight, into: activations)
        backThroughGELU(activations, input: MatrixView(tape.rows(kept.inner, inner)))
        multiply(MatrixView(activations), layer.intermediate.weight, into: gradient, keep: 1)

        layer.attentionNorm.applyBackward(gradient, input: MatrixView(tape.rows(kept.attentionSum, width)))
        branch.base.update(from: gradient.base, count: count)
        dropout.mask(.attention(layer: index)).apply(branch)
        let context = tape.rows(tape.narrow.1, width)
        multiply(MatrixView(branch), layer.attentionOutput.weight, into: context)
        let queryKeyValue = tape.rows(tape.wide, 3 * width)
        for (start, end) in zip(tape.sequenceOffsets, tape.sequenceOffsets.dropFirst()) where start < end {
            backThroughAttention(
                MatrixView(kept.queryKeyValue + start * 3 * width, rows: end - start, columns: 3 * width),
                context: MatrixView(context[start], rows: end - start, columns: width), tape: tape,
                into: MutableMatrixView(queryKeyValue[start], rows: end - start, columns: 3 * width))
        }
        read(index, MatrixView(tape.rows(kept.input, width)), MatrixView(queryKeyValue))
        if goesOn { multiply(MatrixView(queryKeyValue), layer.queryKeyValue.weight, into: gradient, keep: 1) }
    }

    /// Takes the gradient of one sequence's attention back to its queries, keys and values, head by head.
    ///
    /// - Parameters:
    ///   - queryKeyValue: of the forward pass, `[tokens, 3 · hidden]`.
    ///   - context: the gradient of what attention gave, `[tokens, hidden]`.
    ///   - gradient: `[tokens, 3 · hidden]`; overwritten.
    private func backThroughAttention(
        _ queryKeyValue: MatrixView, context: MatrixView, tape: ActivationTape, into gradient: MutableMatrixView
    ) {
        let tokens = queryKeyValue.rows
        let size = configuration.headSize
        let scale = 1 / Float(size).squareRoot()
        let weights = MutableMatrixView(tape.attentionWeights.0, rows: tokens, columns: tokens)
        let scores = MutableMatrixView(tape.attentionWeights.1, rows: tokens, columns: tokens)
        for head in 0..<configuration.headCount {
            /// Query (0), key (1) or value (2) of this head.
            func part(_ number: Int) -> Int { number * configuration.hiddenSize + head * size }
            func input(_ number: Int) -> MatrixView {
                MatrixView(
                    queryKeyValue.base + part(number), rows: tokens, columns: size, stride: queryKeyValue.stride)
            }
            func output(_ number: Int) -> MutableMatrixView {
                MutableMatrixView(
                    gradient.base + part(number), rows: tokens, columns: size, stride: gradient.stride)
            }
            let headContext = MatrixView(context.base + part(0), rows: tokens, columns: size, stride: context.stride)
            multiply(input(0), transposed: input(1), into: weights, scale: scale)
            applySoftmax(weights)
            multiply(transposed: MatrixView(weights), headContext, into: output(2))
            multiply(headContext, transposed: input(2), into: scores)
            backThroughSoftmax(scores, output: MatrixView(weights))
            multiply(MatrixView(scores), input(1), into: output(0), scale: scale)
            multiply(transposed: MatrixView(scores), input(0), into: output(1), scale: scale)
        }
    }
}
