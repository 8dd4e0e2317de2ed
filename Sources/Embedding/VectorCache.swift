/// The most recently used embeddings, bounded in bytes.
///
/// The entries form a ring in the order of their use; slot 0 is no entry but the ring's seam, with the most recent
/// entry after it and the oldest before it.
struct VectorCache {
    let maxBytes: Int
    private(set) var bytes = 0
    private(set) var hits = 0
    private(set) var misses = 0
    /// Entries that went to make room.
    private(set) var evictions = 0

    private var slotOfKey: [TextKey: Int] = [:]
    private var entries: [Entry?] = [nil]
    private var links: [(newer: Int, older: Int)] = [(0, 0)]
    private var freeSlots: [Int] = []

    private struct Entry {
        let key: TextKey
        let embedding: TextEmbedding

        /// With an estimate of what the dictionary, the arrays' headers and the links take.
        var bytes: Int { embedding.vector.count * MemoryLayout<Float>.stride + key.bytes.count + 256 }
    }

    /// What a cache holds, and what it counted since the start.
    struct Statistics: Sendable, Hashable {
        var vectors = 0
        var bytes = 0
        var hits = 0
        var misses = 0
        var evictions = 0

        mutating func add(_ other: Statistics) {
            vectors += other.vectors
            bytes += other.bytes
            hits += other.hits
            misses += other.misses
            evictions += other.evictions
        }
    }

    init(maxBytes: Int) { self.maxBytes = maxBytes }

    var statistics: Statistics {
        Statistics(vectors: count, bytes: bytes, hits: hits, misses: misses, evictions: evictions)
    }

    var count: Int { slotOfKey.count }

    /// The embedding of that key, which becomes the most recently used.
    mutating func value(for key: TextKey) -> TextEmbedding? {
        guard let slot = slotOfKey[key], let entry = entries[slot] else {
            misses += 1
            return nil
        }
        hits += 1
        unlink(slot)
        linkAsNewest(slot)
        return entry.embedding
    }

    /// The same without counting it or noting its use.
    func peek(_ key: TextKey) -> TextEmbedding? { slotOfKey[key].flatMap { entries[$0]?.embedding } }

    /// Keeps an embedding, at the price of those not used for longest; one larger than the cache is not kept.
    mutating func insert(_ embedding: TextEmbedding, for key: TextKey) {
        let entry = Entry(key: key, embedding: embedding)
        guard entry.bytes <= maxBytes, slotOfKey[key] == nil else { return }
        while bytes + entry.bytes > maxBytes { removeOldest() }
        let slot: Int
        if let free = freeSlots.popLast() {
            slot = free
            entries[slot] = entry
        } else {
            slot = entries.count
            entries.append(entry)
            links.append((0, 0))
        }
        slotOfKey[key] = slot
        bytes += entry.bytes
        linkAsNewest(slot)
    }

    private mutating func removeOldest() {
        let slot = links[0].newer
        guard let entry = entries[slot] else { preconditionFailure("a cache of \(bytes) bytes holds no entry") }
        unlink(slot)
        slotOfKey[entry.key] = nil
        entries[slot] = nil
        freeSlots.append(slot)
        bytes -= entry.bytes
        evictions += 1
    }

    private mutating func unlink(_ slot: Int) {
        let (newer, older) = links[slot]
        links[newer].older = older
        links[older].newer = newer
    }

    private mutating func linkAsNewest(_ slot: Int) {
        let second = links[0].older
        links[slot] = (newer: 0, older: second)
        links[second].newer = slot
        links[0].older = slot
    }
}
