public import BERT
internal import MatrixMath

/// BERT's forward pass that keeps what its derivative needs, over packed batches; see `+Backward` for the derivative.
///
/// The weights are constants: gradients go to the input embeddings, and on their way to whoever reads a layer's input
/// and the gradients of its queries, keys and values, which is all that adapters there need.
public struct DifferentiableEncoder {
    /// The layers' weights may be exchanged for others of the same shape, such as those with adapters merged in.
    package var parameters: EncoderParameters

    public var configuration: BERTConfiguration { parameters.configuration }

    /// The width of an embedding.
    public var embeddingWidth: Int { parameters.encoder.embeddingWidth }

    public init(_ encoder: Encoder) { parameters = encoder.parameters }

    public func makeTape() -> ActivationTape { ActivationTape(configuration) }

    /// Computes each text's embedding.
    ///
    /// - Parameters:
    ///   - output: `[texts, embeddingWidth]`; overwritten.
    package func forward(
        _ batch: TokenBatch, dropout: EncoderDropout = .none, tape: ActivationTape,
        into output: UnsafeMutablePointer<Float>
    ) {
        tape.reserve(sequenceOffsets: batch.sequenceOffsets)
        for text in 0..<batch.count {
            for (position, id) in batch[text].enumerated() {
                precondition(
                    id >= 0 && id < configuration.vocabularySize,
                    "token id \(id) is outside a vocabulary of \(configuration.vocabularySize)")
                inputEmbedding(
                    ofToken: id, position: position,
                    into: tape.embeddingSum
                        + (batch.sequenceOffsets[text] + position) * configuration.hiddenSize)
            }
        }
        forward(dropout: dropout, tape: tape, into: output)
    }

    /// Word and position added up, `[hidden]`: where a gradient ends.
    package func inputEmbedding(ofToken id: Int32, position: Int, into output: UnsafeMutablePointer<Float>) {
        let width = configuration.hiddenSize
        add(
            MatrixView(parameters.wordEmbeddings + Int(id) * width, rows: 1, columns: width),
            row: parameters.positionEmbeddings + position * width,
            into: MutableMatrixView(output, rows: 1, columns: width))
    }

    /// The same from the input embeddings that are in `tape.embeddingSum`.
    func forward(dropout: EncoderDropout, tape: ActivationTape, into output: UnsafeMutablePointer<Float>) {
        let width = configuration.hiddenSize
        let count = tape.tokenCount * width
        for (index, layer) in parameters.layers.enumerated() {
            let input = tape.rows(tape.layers[index].input, width)
            if index == 0 {
                input.base.update(from: tape.embeddingSum, count: count)
                parameters.embeddingNorm.apply(input)
                dropout.mask(.embeddings).apply(input)
            }
            let next = index + 1 < parameters.layers.count ? tape.layers[index + 1].input : tape.hidden
            forward(layer, index: index, dropout: dropout, tape: tape, into: tape.rows(next, width))
        }
        parameters.encoder.pool(tape.hidden, sequenceOffsets: tape.sequenceOffsets, into: output)
    }

    private func forward(
        _ layer: EncoderParameters.Layer, index: Int, dropout: EncoderDropout, tape: ActivationTape,
        into output: MutableMatrixView
    ) {
        let width = configuration.hiddenSize
        let inner = configuration.intermediateSize
        let kept = tape.layers[index]
        let count = tape.tokenCount * width
        let input = MatrixView(tape.rows(kept.input, width))
        func linear(_ x: MatrixView, _ weights: EncoderParameters.Linear, into y: MutableMatrixView) {
            fill(y, rows: weights.bias)
            multiply(x, transposed: weights.weight, into: y, keep: 1)
        }

        linear(input, layer.queryKeyValue, into: tape.rows(kept.queryKeyValue, 3 * width))
        let context = tape.rows(tape.narrow.0, width)
        for (start, end) in zip(tape.sequenceOffsets, tape.sequenceOffsets.dropFirst()) where start < end {
            tape.attention.apply(
                MatrixView(kept.queryKeyValue + start * 3 * width, rows: end - start, columns: 3 * width),
                scratch: tape.attentionScratch,
                into: MutableMatrixView(context[start], rows: end - start, columns: width))
        }
        let attentionSum = tape.rows(kept.attentionSum, width)
        linear(MatrixView(context), layer.attentionOutput, into: attentionSum)
        dropout.mask(.attention(layer: index)).apply(attentionSum, adding: input)

        let attended = tape.rows(tape.narrow.0, width)
        attended.base.update(from: attentionSum.base, count: count)
        layer.attentionNorm.apply(attended)

        linear(MatrixView(attended), layer.intermediate, into: tape.rows(kept.inner, inner))
        let activations = tape.rows(tape.wide, inner)
        activations.base.update(from: kept.inner, count: tape.tokenCount * inner)
        applyGELU(activations)
        let outputSum = tape.rows(kept.outputSum, width)
        linear(MatrixView(activations), layer.output, into: outputSum)
        dropout.mask(.output(layer: index)).apply(outputSum, adding: MatrixView(attended))
        output.base.update(from: outputSum.base, count: count)
        layer.outputNorm.apply(output)
    }
}
