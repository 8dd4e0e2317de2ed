internal import Synchronization

/// The vector cache in parts with a lock each, so that callers rarely wait for each other.
final class ShardedVectorCache: Sendable {
    /// Parts are chosen by bits of a key's hash, so their number is a power of two.
    static let shardCount = 16
    /// A smaller cache has one part: a part must hold many texts of any length.
    private static let leastShardBytes = 1 << 20

    private let shards: [Shard]

    private final class Shard: Sendable {
        let cache: Mutex<VectorCache>
        init(maxBytes: Int) { cache = Mutex(VectorCache(maxBytes: maxBytes)) }
    }

    /// - Parameters:
    ///   - maxBytes: of all parts together.
    ///   - shardCount: a power of two; as suits `maxBytes` where nil.
    init(maxBytes: Int, shardCount: Int? = nil) {
        let count = shardCount ?? (maxBytes < Self.shardCount * Self.leastShardBytes ? 1 : Self.shardCount)
        precondition(count > 0 && count & (count - 1) == 0, "\(count) parts are no power of two")
        shards = (0..<count).map { _ in Shard(maxBytes: maxBytes / count) }
    }

    /// The embedding of that key, which becomes its part's most recently used; counted as a hit or a miss.
    func value(for key: TextKey) -> TextEmbedding? {
        shard(of: key).cache.withLock { $0.value(for: key) }
    }

    /// The same, uncounted: a second look at what was missed before.
    func peek(_ key: TextKey) -> TextEmbedding? {
        shard(of: key).cache.withLock { $0.peek(key) }
    }

    func insert(_ embedding: TextEmbedding, for key: TextKey) {
        shard(of: key).cache.withLock { $0.insert(embedding, for: key) }
    }

    /// What the parts hold and counted, added up.
    var statistics: VectorCache.Statistics {
        shards.reduce(into: VectorCache.Statistics()) { sum, shard in
            sum.add(shard.cache.withLock { $0.statistics })
        }
    }

    private func shard(of key: TextKey) -> Shard { shards[key.hash & (shards.count - 1)] }
}
