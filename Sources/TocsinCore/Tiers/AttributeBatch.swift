/// Texts whose tokens the embedding tier is to weigh: how much each speaks for a class, or for any other number that a
/// text's vector gives.
public struct AttributeBatch: Sendable, Hashable {
    /// The number of each text that is shared out among its tokens.
    public enum Targets: Sendable, Hashable {
        /// The vector's product with a row of `[texts, 768]`: any variant's, and any head's that is linear or that is
        /// taken to be near this vector, where its row is the head's derivative.
        case directions(VectorBlock)
        /// The log-odds, `log(p / (1 - p))`, of a class by index, from the head that was trained with the variant.
        ///
        /// `lineFeatures` are `[texts, 22]`, as the parser gives them; nil suits heads that read none.
        case classes([Int], lineFeatures: VectorBlock? = nil)
    }

    public var texts: LineBlock
    public var variant: EncoderVariant
    public var targets: Targets

    public init(texts: LineBlock, variant: EncoderVariant = .base, targets: Targets) {
        self.texts = texts
        self.variant = variant
        self.targets = targets
    }

    /// The number of texts.
    public var count: Int { texts.count }
}

/// The embedding tier's answer: the attributions of one text after the other, in the order of the batch.
public struct AttributedBatch: Sendable, Hashable {
    /// One a text; one without tokens where the text failed.
    public var texts: [TextAttribution]
    /// The texts that have no attributions, by index in the batch.
    public var failures: [Int: ItemFailure]
    /// Names the weights, as in ``EmbeddedBatch``.
    public var encoderSHA256: String
    /// SHA-256 of the variant's `head.json`, in hexadecimal; empty where directions were asked for.
    public var headSHA256: String
    public var timings: EmbeddingTimings

    public init(
        texts: [TextAttribution], failures: [Int: ItemFailure] = [:], encoderSHA256: String, headSHA256: String = "",
        timings: EmbeddingTimings = EmbeddingTimings()
    ) {
        self.texts = texts
        self.failures = failures
        self.encoderSHA256 = encoderSHA256
        self.headSHA256 = headSHA256
        self.timings = timings
    }
}

/// A number of a text, shared out among the tokens that the encoder read.
public struct TextAttribution: Sendable, Hashable {
    /// The pieces of the vocabulary, special ones included; `##` starts one that continues a word.
    public var tokens: [String]
    /// One a token. They add up to `score - baselineScore` within 1 % of it.
    public var values: [Float]
    /// The number of the text.
    public var score: Float
    /// The number of the blank text: `[PAD]` in place of every token but the first and the last.
    public var baselineScore: Float

    public init(tokens: [String] = [], values: [Float] = [], score: Float = 0, baselineScore: Float = 0) {
        precondition(tokens.count == values.count, "\(values.count) values for \(tokens.count) tokens")
        self.tokens = tokens
        self.values = values
        self.score = score
        self.baselineScore = baselineScore
    }
}
