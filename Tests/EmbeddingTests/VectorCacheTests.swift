import Testing
import TocsinCore

@testable import Embedding

@Suite("The vector cache")
struct VectorCacheTests {
    private func key(_ text: String) -> TextKey { TextKey(variant: .base, text: Array(text.utf8)) }
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
        #expect(cache.value(for: TextKey(variant: .lora, text: Array("a".utf8))) == nil)
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
}
