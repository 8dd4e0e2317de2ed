/// A set of encoder weights: the checkpoint itself, or the checkpoint with trained low-rank adapters merged in.
public enum EncoderVariant: String, Sendable, CaseIterable {
    case base, lora, dann, hybrid
}

/// What the embedding tier is to embed: texts, or texts whose tokens the caller knows.
public struct EmbedBatch: Sendable, Hashable {
    public enum Input: Sendable, Hashable {
        case texts(LineBlock)
        /// Computed as they are: `[CLS]` and `[SEP]` are the caller's to give.
        case tokens(TokenBlock)
    }

    public var input: Input
    public var variant: EncoderVariant
    /// What the vectors are to be computed in; nil leaves it to the tier, which makes ``EncoderPrecision/fp32`` in any case.
    public var precision: EncoderPrecision?

    public init(_ input: Input, variant: EncoderVariant = .base, precision: EncoderPrecision? = nil) {
        self.input = input
        self.variant = variant
        self.precision = precision
    }

    public init(texts: LineBlock, variant: EncoderVariant = .base, precision: EncoderPrecision? = nil) {
        self.init(.texts(texts), variant: variant, precision: precision)
    }

    public init(tokens: TokenBlock, variant: EncoderVariant = .base, precision: EncoderPrecision? = nil) {
        self.init(.tokens(tokens), variant: variant, precision: precision)
    }

    /// The texts; none where the batch is of tokens.
    public var texts: LineBlock {
        if case .texts(let texts) = input { return texts }
        return LineBlock()
    }

    /// The number of texts, in either form.
    public var count: Int {
        switch input {
        case .texts(let texts): texts.count
        case .tokens(let tokens): tokens.count
        }
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
    /// Names the weights, in hexadecimal: SHA-256 of the checkpoint's `model.safetensors`, or of the variant's
    /// `adapter.safetensors`, which names the checkpoint.
    public var encoderSHA256: String
    /// What the vectors were computed in.
    public var precision: EncoderPrecision
    public var timings: EmbeddingTimings

    public init(
        vectors: VectorBlock, tokenCounts: [Int], failures: [Int: ItemFailure] = [:], encoderSHA256: String,
        precision: EncoderPrecision = .fp32, timings: EmbeddingTimings = EmbeddingTimings()
    ) {
        self.vectors = vectors
        self.tokenCounts = tokenCounts
        self.failures = failures
        self.encoderSHA256 = encoderSHA256
        self.precision = precision
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
