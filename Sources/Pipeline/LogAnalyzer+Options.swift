extension LogAnalyzer {
    /// How an analysis is cut up. The defaults suit tiers behind sockets as well as in this process.
    public struct Options: Sendable, Hashable {
        /// Most bytes of a call to a tier, but for a single longer item: more saves calls, less answers sooner.
        public var chunkBytes = 1 << 20
        /// Most lines of a chunk.
        public var chunkLines = 8192
        /// Most lines of the first chunk: fewer bring the first verdict sooner. Each chunk may double the one before.
        public var firstChunkLines = 256
        /// Most texts in a call to the embedding tier: fewer spread a chunk over more replicas.
        public var embeddingBatchItems = 256
        /// Most rows in a call to the classifier tier; a row takes about 4 kB.
        public var classifyingBatchItems = 256
        /// Most calls of one analysis to one tier at a time.
        public var concurrentCalls = 4
        /// Most bytes of the embeddings that are remembered, at about 3 kB each; 0 remembers none.
        public var vectorCacheBytes = 64 << 20
        /// Most bytes of the verdicts that are remembered, at about 600 bytes each; 0 remembers none.
        public var verdictCacheBytes = 128 << 20
        /// How long what a tier said of itself (its active model, its limits) is taken to be true.
        public var infoLifetime = Duration.seconds(1)

        public init() {}
    }
}
