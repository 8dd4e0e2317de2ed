public import TocsinCore

/// What an embedding engine holds at a moment and how its cache fared since the start, for metrics.
public struct EmbeddingStatistics: Sendable, Hashable {
    /// Tokens that wait for a forward pass.
    public var queuedTokens: Int
    /// Texts that wait for a forward pass or are in one.
    public var textsInFlight: Int
    /// Texts that wait to have their tokens weighed, or are being.
    public var attributionsInFlight: Int
    public var cachedVectors: Int
    public var cacheBytes: Int
    /// Look-ups of texts that were cached, since the start.
    public var cacheHits: Int
    public var cacheMisses: Int
    /// Vectors that went from the cache to make room for others.
    public var cacheEvictions: Int
}

/// One forward pass that has ended, for metrics.
public struct ForwardPass: Sendable, Hashable {
    public var variant: EncoderVariant
    public var texts: Int
    public var tokens: Int
    /// How long the text that led the pass had waited.
    public var waited: Duration
    /// How long the pass computed.
    public var took: Duration
}
