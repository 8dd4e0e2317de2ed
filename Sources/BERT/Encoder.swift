public import MatrixMath
public import TocsinCore

/// Computes BERT's last hidden state for packed batches.
///
/// All tokens of a batch are the rows of one matrix, so the linear layers waste nothing on padding; attention runs
/// sequence by sequence. The weights are shared; each thread brings a ``Workspace`` of its own.
public final class Encoder: Sendable {
    public var configuration: BERTConfiguration { weights.configuration }
    package let weights: EncoderWeights
    /// Empty where the encoder computes in single precision.
    let quantizedLayers: [QuantizedLayer]

    /// What the linear layers compute with.
    public var precision: EncoderPrecision { quantizedLayers.isEmpty ? .fp32 : .int8 }

    init(weights: EncoderWeights, precision: EncoderPrecision = .fp32) {
        self.weights = weights
        quantizedLayers = precision == .int8 ? weights.layers.map(QuantizedLayer.init) : []
    }

    /// A variant of `base` in its precision, which shares what `weights` shares with it.
    init(weights: EncoderWeights, variantOf base: Encoder) {
        self.weights = weights
        quantizedLayers = zip(weights.layers, base.quantizedLayers).map { QuantizedLayer($0, variantOf: $1) }
    }

    public func makeWorkspace() -> Workspace { Workspace(configuration, precision: precision) }

    /// The width of an embedding: that of the hidden state, twice for the 384-wide encoders, so that both are 768.
    public var embeddingWidth: Int { configuration.hiddenSize == 384 ? 768 : configuration.hiddenSize }

    /// Computes the embedding of each text: `[CLS]` of the last hidden state, and for a 384-wide encoder the mean over
    /// all tokens, special ones included, after it; not normalised.
    ///
    /// - Parameters:
    ///   - output: `[texts, embeddingWidth]`; overwritten.
    public func embed(_ batch: TokenBatch, using workspace: Workspace, into output: UnsafeMutableBufferPointer<Float>) {
        precondition(
            output.count == batch.count * embeddingWidth,
            "room for \(output.count) floats, \(batch.count) texts need \(batch.count * embeddingWidth)")
        guard batch.tokenCount > 0, let base = output.baseAddress else { return }
        forward(batch, using: workspace)
        pool(workspace.hidden, sequenceOffsets: batch.sequenceOffsets, into: base)
    }

    /// Takes each text's embedding out of the last hidden state.
    ///
    /// - Parameters:
    ///   - hidden: `[tokens, hidden]`.
    ///   - output: `[texts, embeddingWidth]`; overwritten.
    package func pool(
        _ hidden: UnsafePointer<Float>, sequenceOffsets: [Int], into output: UnsafeMutablePointer<Float>
    ) {
        let width = configuration.hiddenSize
        for text in 0..<sequenceOffsets.count - 1 {
            let tokens = sequenceOffsets[text]..<sequenceOffsets[text + 1]
            let row = output + text * embeddingWidth
            guard !tokens.isEmpty else {
                row.update(repeating: 0, count: embeddingWidth)
                continue
            }
            row.update(from: hidden + tokens.lowerBound * width, count: width)
            if embeddingWidth == 2 * width {
                mean(
                    ofRows: MatrixView(hidden + tokens.lowerBound * width, rows: tokens.count, columns: width),
                    into: row + width)
            }
        }
    }

    /// Computes the last hidden state of every token and hands it to `body` as `[tokens, hidden]`.
    public func withLastHiddenState<Result>(
        of batch: TokenBatch, using workspace: Workspace, _ body: (MatrixView) -> Result
    ) -> Result {
        if batch.tokenCount > 0 { forward(batch, using: workspace) }
        return body(MatrixView(workspace.hidden, rows: batch.tokenCount, columns: configuration.hiddenSize))
    }

    /// Leaves the last hidden state in `workspace.hidden`.
    private func forward(_ batch: TokenBatch, using workspace: Workspace) {
        var longest = 0
        for text in 0..<batch.count { longest = max(longest, batch[text].count) }
        precondition(
            longest <= configuration.maxPositions,
            "a text has \(longest) tokens, the encoder takes \(configuration.maxPositions)")
        workspace.reserve(tokens: batch.tokenCount, longestSequence: longest)
        embedTokens(batch, workspace)
        switch precision {
        case .fp32: for layer in weights.layers { apply(layer, batch, workspace) }
        case .int8: for (index, layer) in quantizedLayers.enumerated() { apply(layer, at: index, batch, workspace) }
        }
    }

    private func embedTokens(_ batch: TokenBatch, _ workspace: Workspace) {
        let width = configuration.hiddenSize
        for text in 0..<batch.count {
            let start = batch.sequenceOffsets[text]
            for position in 0..<batch.sequenceOffsets[text + 1] - start {
                let id = Int(batch.tokenIDs[start + position])
                precondition(
                    id >= 0 && id < configuration.vocabularySize,
                    "token id \(id) is outside a vocabulary of \(configuration.vocabularySize)")
                add(
                    MatrixView(weights.wordEmbeddings + id * width, rows: 1, columns: width),
                    row: weights.positionEmbeddings + position * width,
                    into: MutableMatrixView(workspace.hidden + (start + position) * width, rows: 1, columns: width))
            }
        }
        weights.embeddingNorm.apply(MutableMatrixView(workspace.hidden, rows: batch.tokenCount, columns: width))
    }

    /// One layer; what a product is added to (its bias, with the residual where there is one) is written to its output
    /// first, in place of the zeros that the library would write there.
    private func apply(_ layer: LayerWeights, _ batch: TokenBatch, _ workspace: Workspace) {
        let tokens = batch.tokenCount
        let width = configuration.hiddenSize
        let inner = configuration.intermediateSize
        let hidden = MutableMatrixView(workspace.hidden, rows: tokens, columns: width)
        let update = MutableMatrixView(workspace.update, rows: tokens, columns: width)

        let queryKeyValue = MutableMatrixView(workspace.wide, rows: tokens, columns: 3 * width)
        fill(queryKeyValue, rows: layer.queryKeyValue.bias)
        multiply(MatrixView(hidden), transposed: layer.queryKeyValue.weight, into: queryKeyValue, keep: 1)
        attend(batch, workspace)
        let context = MatrixView(workspace.context, rows: tokens, columns: width)
        add(MatrixView(hidden), row: layer.attentionOutput.bias, into: update)
        multiply(context, transposed: layer.attentionOutput.weight, into: update, keep: 1)
        layer.attentionNorm.apply(update)

        let activations = MutableMatrixView(workspace.wide, rows: tokens, columns: inner)
        fill(activations, rows: layer.intermediate.bias)
        multiply(MatrixView(update), transposed: layer.intermediate.weight, into: activations, keep: 1)
        applyGELU(activations)
        add(MatrixView(update), row: layer.output.bias, into: hidden)
        multiply(MatrixView(activations), transposed: layer.output.weight, into: hidden, keep: 1)
        layer.outputNorm.apply(hidden)
    }

    /// Attention of each sequence's tokens to each other, from `workspace.wide` into `workspace.context`.
    func attend(_ batch: TokenBatch, _ workspace: Workspace) {
        let width = configuration.hiddenSize
        for text in 0..<batch.count {
            let start = batch.sequenceOffsets[text]
            let count = batch.sequenceOffsets[text + 1] - start
            guard count > 0 else { continue }
            workspace.attention.apply(
                MatrixView(workspace.wide + start * 3 * width, rows: count, columns: 3 * width),
                scratch: workspace.attentionScratch,
                into: MutableMatrixView(workspace.context + start * width, rows: count, columns: width))
        }
    }
}
