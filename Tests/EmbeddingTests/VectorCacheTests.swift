import Testing
import TocsinCore

@testable import Embedding

@Suite("The vector cache")
struct VectorCacheTests {
    private func key(_ text: String) -> TextKey {
        TextKey(encoder: EncoderKey(variant: .base, precision: .fp32), text: text.utf8)
    }
    private func embedding(_ value: Float) -> TextEmbedding {
        TextEmbedding(vector: Array(repeating: value, count: 768), tokenCount: 5)
    }

    @Test("an entry comes back, an unknown key does not")
    func hitAndMiss() {
        var cache = VectorCache(maxBytes: 1 << 20)
        cache.insert(embedding(1), for: key("a"))
        #expect(cache.value(for: key("a"))?.vector.first == 1)
        #expect(cache.value(for: key("b")) == nil)
        #expect(cache.hits == 1 && cache.misses == 1)
    }

    @Test("the same text of another variant is another entry")
    func variants() {
        var cache = VectorCache(maxBytes: 1 << 20)
        cache.insert(embedding(1), for: key("a"))
        #expect(cache.value(for: TextKey(encoder: EncoderKey(variant: .lora, precision: .fp32), text: "a".utf8)) == nil)
    }

    @Test("what was not used for longest goes first, and the bound holds at every step")
    func leastRecentlyUsed() {
        var cache = VectorCache(maxBytes: 3 * 3_400)
        for name in ["a", "b", "c"] { cache.insert(embedding(1), for: key(name)) }
        #expect(cache.count == 3)
        _ = cache.value(for: key("a"))
        cache.insert(embedding(2), for: key("d"))
        #expect(cache.value(for: key("b")) == nil)
        for name in ["a", "c", "d"] { #expect(cache.value(for: key(name)) != nil) }
        for index in 0..<1_000 {
            cache.insert(embedding(3), for: key("text \(index)"))
            #expect(cache.bytes <= cache.maxBytes)
        }
        #expect(cache.count == 3)
    }

    @Test("an entry larger than the cache is not kept")
    func tooLarge() {
        var cache = VectorCache(maxBytes: 1_000)
        cache.insert(embedding(1), for: key("a"))
        #expect(cache.count == 0 && cache.bytes == 0)
    }

    @Test("the same bytes as tokens are another entry than as text")
    func kinds() {
        var cache = VectorCache(maxBytes: 1 << 20)
        cache.insert(
            embedding(1), for: TextKey(encoder: EncoderKey(variant: .base, precision: .fp32), text: [101, 0, 0, 0]))
        #expect(cache.value(for: TextKey(encoder: EncoderKey(variant: .base, precision: .fp32), tokens: [101])) == nil)
        #expect(
            TextKey(encoder: EncoderKey(variant: .base, precision: .fp32), tokens: [101, -1, .max]).tokenIDs == [
                101, -1, .max,
            ])
    }

    @Test("parts together keep to the bound, find what was kept and add up what they counted")
    func shards() async {
        let cache = ShardedVectorCache(maxBytes: 16 * 20 * 3_400, shardCount: 16)
        await withTaskGroup(of: Void.self) { group in
            for caller in 0..<8 {
                group.addTask {
                    for index in 0..<500 {
                        let key = key("text \(index)")
                        if cache.value(for: key) == nil { cache.insert(embedding(Float(index)), for: key) }
                        if let found = cache.peek(key) { #expect(found.vector[caller] == Float(index)) }
                    }
                }
            }
        }
        let statistics = cache.statistics
        #expect(statistics.bytes <= 16 * 20 * 3_400)
        #expect(statistics.vectors > 200 && statistics.vectors <= 320)
        #expect(statistics.evictions > 0)
        #expect(statistics.hits + statistics.misses == 8 * 500)
    }

    @Test("a small cache is not cut into parts that hold nothing")
    func smallCache() {
        let cache = ShardedVectorCache(maxBytes: 10 * 3_400)
        for index in 0..<10 { cache.insert(embedding(1), for: key("\(index)")) }
        #expect(cache.statistics.vectors == 10)
    }
}
