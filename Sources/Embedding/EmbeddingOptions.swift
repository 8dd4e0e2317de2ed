/// How the embedding engine uses its machine; every default suits a small one.
public struct EmbeddingOptions: Sendable, Hashable {
    /// Threads that compute forward passes, each on a batch of its own: as many as cores.
    public var threads: Int
    /// The most tokens in one forward pass: more give the matrix products longer columns and make short requests
    /// wait longer behind them.
    public var maxBatchTokens: Int
    /// How long a forward pass waits for more texts when there are fewer than fill it: longer serves many small
    /// callers with fewer passes and makes each of them wait.
    public var maxBatchWait: Duration
    /// The most tokens that wait; a batch that would exceed it is refused with ``EmbeddingError/overloaded``. More takes
    /// bursts without refusals and lets calls wait longer.
    public var maxQueuedTokens: Int
    /// The most texts that wait to have their tokens weighed, of one call or of all; what exceeds it is refused with
    /// ``EmbeddingError/attributionsOverloaded``. Each takes a thread about as long as a hundred embeddings.
    public var maxQueuedAttributions: Int
    /// The most bytes that the vector cache holds: 3 KiB and the text for each vector. More texts are never computed
    /// again, for memory.
    public var maxCacheBytes: Int
    /// The most texts in one call.
    public var maxBatchTexts: Int
    /// The most tokens of one text, special ones included; of what is longer, a text loses its end and tokens from
    /// outside are refused. Models are trained on the default.
    public var maxTextTokens: Int

    public init(
        threads: Int = 2, maxBatchTokens: Int = 1_024, maxBatchWait: Duration = .zero,
        maxQueuedTokens: Int = 4_000_000, maxQueuedAttributions: Int = 64, maxCacheBytes: Int = 96 << 20,
        maxBatchTexts: Int = 65_536,
        maxTextTokens: Int = 128
    ) {
        self.threads = threads
        self.maxBatchTokens = maxBatchTokens
        self.maxBatchWait = maxBatchWait
        self.maxQueuedTokens = maxQueuedTokens
        self.maxQueuedAttributions = maxQueuedAttributions
        self.maxCacheBytes = maxCacheBytes
        self.maxBatchTexts = maxBatchTexts
        self.maxTextTokens = maxTextTokens
    }
}
