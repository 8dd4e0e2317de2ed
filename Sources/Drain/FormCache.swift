/// Remembers which template each masked form belongs to: most messages repeat one that was seen before.
///
/// Two generations bound it: when the young one is full it becomes the old one, and what is found there is young again.
struct FormCache: Sendable {
    struct Entry: Sendable {
        let masked: [UInt8]
        let slot: Int32
        /// The template's version that the captures belong to.
        let version: UInt32
        let captures: [PatternMatcher.Capture]
    }

    private var young: [UInt64: Entry] = [:]
    private var old: [UInt64: Entry] = [:]
    private let capacity: Int

    init(capacity: Int) { self.capacity = max(capacity / 2, 1) }

    mutating func entry(for message: borrowing MaskedMessage) -> Entry? {
        if let entry = young[message.hash] { return entry.masked == message.masked ? entry : nil }
        guard let entry = old[message.hash], entry.masked == message.masked else { return nil }
        insert(entry, hash: message.hash)
        return entry
    }

    mutating func insert(_ entry: Entry, hash: UInt64) {
        if young.count >= capacity {
            swap(&young, &old)
            young.removeAll(keepingCapacity: true)
        }
        young[hash] = entry
    }
}
