/// A set of encoder weights: the checkpoint itself, or the checkpoint with trained low-rank adapters merged in.
public enum EncoderVariant: String, Sendable, CaseIterable {
    case base, lora, dann, hybrid
}

/// Texts for the embedding tier.
public struct EmbedBatch: Sendable, Hashable {
    public var texts: LineBlock
    public var variant: EncoderVariant

    public init(texts: LineBlock, variant: EncoderVariant = .base) {
        self.texts = texts
        self.variant = variant
    }
}

/// The embedding tier's answer: one vector a text, in the order of the batch.
public struct EmbeddedBatch: Sendable, Hashable {
    /// `[texts, 768]`; a row of zeros where the text failed.
    public var vectors: VectorBlock
    /// The number of tokens the encoder saw of each text, special ones included.
    public var tokenCounts: [Int]
    /// The texts that have no vector, by index in the batch.
    public var failures: [Int: ItemFailure]
    /// SHA-256 of the encoder's weights, in hexadecimal.
    public var encoderSHA256: String
    public var timings: EmbeddingTimings

    public init(
        vectors: VectorBlock, tokenCounts: [Int], failures: [Int: ItemFailure] = [:], encoderSHA256: String,
        timings: EmbeddingTimings = EmbeddingTimings()
    ) {
        self.vectors = vectors
        self.tokenCounts = tokenCounts
        self.failures = failures
        self.encoderSHA256 = encoderSHA256
        self.timings = timings
    }
}

/// Where the time of one embedding call went.
public struct EmbeddingTimings: Sendable, Hashable {
    public var queue: Duration = .zero
    public var tokenize: Duration = .zero
    public var forward: Duration = .zero

    public init(queue: Duration = .zero, tokenize: Duration = .zero, forward: Duration = .zero) {
        self.queue = queue
        self.tokenize = tokenize
        self.forward = forward
    }
}
