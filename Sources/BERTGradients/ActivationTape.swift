internal import BERT
internal import MatrixMath

/// What a forward pass leaves behind for the backward pass, and the memory of both; one thread at a time may use it.
///
/// Kept is what cannot be had back by one cheap step: a layer's input, its queries, keys and values, and what goes into
/// its GELU and its two normalisations, 3,840 floats a token and layer of MiniLM. Attention weights are computed again.
public final class ActivationTape {
    /// What one layer keeps.
    struct Layer {
        /// `[tokens, hidden]`.
        let input: UnsafeMutablePointer<Float>
        /// `[tokens, 3 · hidden]`.
        let queryKeyValue: UnsafeMutablePointer<Float>
        /// `[tokens, hidden]`: what the attention part's normalisation gets.
        let attentionSum: UnsafeMutablePointer<Float>
        /// `[tokens, intermediate]`: what GELU gets.
        let inner: UnsafeMutablePointer<Float>
        /// `[tokens, hidden]`: what the last normalisation gets.
        let outputSum: UnsafeMutablePointer<Float>
    }

    private let configuration: BERTConfiguration
    private var arena = FloatArena()
    private var tokenCapacity = 0
    private var sequenceCapacity = 0
    private(set) var sequenceOffsets: [Int] = [0]

    /// `[tokens, hidden]`: word and position added up, before the normalisation.
    private(set) var embeddingSum: UnsafeMutablePointer<Float>
    private(set) var layers: [Layer] = []
    /// `[tokens, hidden]`: the last hidden state.
    private(set) var hidden: UnsafeMutablePointer<Float>
    /// `[tokens, hidden]`: the loss's derivative by `hidden` before a backward pass, by `embeddingSum` after it.
    private(set) var gradient: UnsafeMutablePointer<Float>
    /// `[tokens, hidden]`, twice: what lives within one layer.
    private(set) var narrow: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)
    /// `[tokens, max(3 · hidden, intermediate)]`: the same.
    private(set) var wide: UnsafeMutablePointer<Float>
    /// One sequence's attention.
    private(set) var attentionScratch: UnsafeMutablePointer<Float>
    /// `[longest sequence, longest sequence]`, twice: one head's attention weights and their gradient.
    private(set) var attentionWeights: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)
    let attention: Attention

    init(_ configuration: BERTConfiguration) {
        self.configuration = configuration
        attention = Attention(headCount: configuration.headCount, headSize: configuration.headSize)
        let nothing = arena.allocate(0)
        embeddingSum = nothing
        hidden = nothing
        gradient = nothing
        narrow = (nothing, nothing)
        wide = nothing
        attentionScratch = nothing
        attentionWeights = (nothing, nothing)
    }

    var tokenCount: Int { sequenceOffsets[sequenceOffsets.count - 1] }

    /// Makes room for sequences; what is there keeps its size where it suffices.
    func reserve(sequenceOffsets: [Int]) {
        let longest = zip(sequenceOffsets, sequenceOffsets.dropFirst()).map { $1 - $0 }.max() ?? 0
        precondition(
            longest <= configuration.maxPositions,
            "a text has \(longest) tokens, the encoder takes \(configuration.maxPositions)")
        self.sequenceOffsets = sequenceOffsets
        guard tokenCount > tokenCapacity || longest > sequenceCapacity else { return }
        tokenCapacity = max(tokenCount, tokenCapacity)
        sequenceCapacity = max(longest, sequenceCapacity)
        allocate()
    }

    private func allocate() {
        let arena = FloatArena()
        let tokens = tokenCapacity
        let width = configuration.hiddenSize
        let inner = configuration.intermediateSize
        embeddingSum = arena.allocate(tokens * width)
        layers = (0..<configuration.layerCount).map { _ in
            Layer(
                input: arena.allocate(tokens * width), queryKeyValue: arena.allocate(tokens * 3 * width),
                attentionSum: arena.allocate(tokens * width), inner: arena.allocate(tokens * inner),
                outputSum: arena.allocate(tokens * width))
        }
        hidden = arena.allocate(tokens * width)
        gradient = arena.allocate(tokens * width)
        narrow = (arena.allocate(tokens * width), arena.allocate(tokens * width))
        wide = arena.allocate(tokens * max(3 * width, inner))
        attentionScratch = arena.allocate(attention.scratchCount(tokens: sequenceCapacity))
        let square = sequenceCapacity * sequenceCapacity
        attentionWeights = (arena.allocate(square), arena.allocate(square))
        self.arena = arena
    }

    /// `[tokens, columns]` at `base`.
    func rows(_ base: UnsafeMutablePointer<Float>, _ columns: Int) -> MutableMatrixView {
        MutableMatrixView(base, rows: tokenCount, columns: columns)
    }
}
