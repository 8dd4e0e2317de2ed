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

    /// Computes in single precision.
    init(weights: EncoderWeights) {
        self.weights = weights
        quantizedLayers = []
    }

    /// Computes with 8-bit integers made of `exact`'s weights.
    ///
    /// - Parameter sample: texts that show what the inputs of linear layers are like.
    init(quantizing exact: Encoder, sample: TokenBatch) {
        weights = exact.weights
        var layers: [QuantizedLayer] = []
        LayerInputs.forEachLayer(of: exact, sample: sample) { layer, inputs in
            layers.append(QuantizedLayer(exact.weights.layers[layer], inputs: inputs))
        }
        quantizedLayers = layers
    }

    /// A variant of `base` in its precision, which shares what `weights` shares with it.
    init(weights: EncoderWeights, variantOf base: Encoder) {
        self.weights = weights
        quantizedLayers = zip(weights.layers, base.quantizedLayers).map { QuantizedLayer($0, variantOf: $1) }
    }

    /// The same weights before they were quantised; itself where they were not.
    public var inSinglePrecision: Encoder { precision == .fp32 ? self : Encoder(weights: weights) }

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
        workspace.reserve(tokens: batch.tokenCount, longestSequence: longestSequence(of: batch))
        let part = PassPart(
            batch: batch, cut: cut(tokens: batch.tokenCount, threads: 1), shared: workspace, own: workspace)
        for step in 0..<stepCount(part.cut) { compute(step: step, part) }
    }

    /// The same in single precision, with a look at the workspace after each step; nil is the step before the layers.
    func forward(_ batch: TokenBatch, using workspace: Workspace, look: (LayerStep?, PassPart) -> Void) {
        precondition(precision == .fp32, "only the steps of single precision can be looked at")
        workspace.reserve(tokens: batch.tokenCount, longestSequence: longestSequence(of: batch))
        let part = PassPart(batch: batch, cut: .columns, shared: workspace, own: workspace)
        for step in 0..<stepCount(part.cut) {
            compute(step: step, part)
            look(step == 0 ? nil : LayerStep.inOrder[(step - 1) % LayerStep.inOrder.count], part)
        }
    }

    /// The tokens of the longest text, which the encoder can take.
    func longestSequence(of batch: TokenBatch) -> Int {
        var longest = 0
        for text in 0..<batch.count { longest = max(longest, batch[text].count) }
        precondition(
            longest <= configuration.maxPositions,
            "a text has \(longest) tokens, the encoder takes \(configuration.maxPositions)")
        return longest
    }
}
