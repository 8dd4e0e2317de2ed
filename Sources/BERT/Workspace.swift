internal import MatrixMath
internal import TocsinCore

/// The memory of one forward pass, kept from pass to pass so that none allocates; one thread at a time may use it.
public final class Workspace {
    private let configuration: BERTConfiguration
    private var tokenCapacity = 0
    private var sequenceCapacity = 0
    private var arena = FloatArena()
    private var attentionArena = FloatArena()
    /// `[tokens, hidden]`: the layer's input, then its output.
    private(set) var hidden: UnsafeMutablePointer<Float>
    /// `[tokens, hidden]`: what attention or the feed-forward part adds.
    private(set) var update: UnsafeMutablePointer<Float>
    /// `[tokens, hidden]`: attention's weighted values, heads side by side.
    private(set) var context: UnsafeMutablePointer<Float>
    /// `[tokens, max(3 · hidden, intermediate)]`: query, key and value side by side, later the inner activations.
    private(set) var wide: UnsafeMutablePointer<Float>
    /// One sequence's keys and attention weights.
    private(set) var attentionScratch: UnsafeMutablePointer<Float>
    /// A block's activations, where the encoder computes with 8-bit integers.
    let quantized: QuantizedRows?
    let attention: Attention

    init(_ configuration: BERTConfiguration, precision: EncoderPrecision) {
        self.configuration = configuration
        hidden = arena.allocate(0)
        update = arena.allocate(0)
        context = arena.allocate(0)
        wide = arena.allocate(0)
        attentionScratch = attentionArena.allocate(0)
        switch precision {
        case .fp32: quantized = nil
        case .int8:
            quantized = QuantizedRows(
                maxRows: max(QuantizedLayer.blockRows, QuantizedLayer.mostSharedRows),
                maxColumns: max(configuration.hiddenSize, configuration.intermediateSize))
        }
        attention = Attention(headCount: configuration.headCount, headSize: configuration.headSize)
    }

    /// The memory for 8-bit activations, of a workspace that such an encoder has made.
    func requireQuantized() -> QuantizedRows {
        guard let quantized else {
            preconditionFailure("the workspace was made by an encoder that computes in fp32")
        }
        return quantized
    }

    /// Makes room; what is there keeps its size where it suffices.
    func reserve(tokens: Int, longestSequence: Int) {
        if tokens > tokenCapacity {
            let width = configuration.hiddenSize
            arena = FloatArena()
            hidden = arena.allocate(tokens * width)
            update = arena.allocate(tokens * width)
            context = arena.allocate(tokens * width)
            wide = arena.allocate(tokens * max(3 * width, configuration.intermediateSize))
            tokenCapacity = tokens
        }
        if longestSequence > sequenceCapacity {
            attentionArena = FloatArena()
            attentionScratch = attentionArena.allocate(attention.scratchCount(tokens: longestSequence))
            sequenceCapacity = longestSequence
        }
    }
}
