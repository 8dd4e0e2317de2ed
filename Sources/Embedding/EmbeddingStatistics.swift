/// What an embedding engine holds at a moment and how its cache fared since the start, for metrics.
public struct EmbeddingStatistics: Sendable, Hashable {
    /// Tokens that wait for a forward pass.
    public var queuedTokens: Int
    /// Texts that wait for a forward pass or are in one.
    public var textsInFlight: Int
    public var cachedVectors: Int
    public var cacheBytes: Int
    /// Look-ups of texts that were cached, since the start.
    public var cacheHits: Int
    public var cacheMisses: Int
}
