/// The different masked messages, in typed text, that a template was mined from, as long as they are few.
///
/// From all forms of several replicas one tree can be mined anew, as if it had read all their messages. Once there are
/// more than `limit`, those are kept whose hashes are least, and the set is no longer complete.
public struct TemplateForms: Sendable, Hashable {
    public static let limit = 16
    /// Longer forms are not kept; the set is incomplete then.
    public static let maxBytes = 512

    /// Ascending by hash, then by bytes.
    public private(set) var texts: [String] = []
    /// True while `texts` are all forms there were.
    public private(set) var isComplete = true

    public init() {}

    /// - Parameter isComplete: false where there were more.
    public init(_ texts: some Sequence<String>, isComplete: Bool) {
        self.isComplete = isComplete
        for text in texts { insert(text) }
    }

    public mutating func insert(_ text: String) {
        guard text.utf8.count <= Self.maxBytes else {
            isComplete = false
            return
        }
        let key = Key(text)
        var low = 0
        var high = texts.count
        while low < high {
            let middle = (low + high) / 2
            if Key(texts[middle]) < key { low = middle + 1 } else { high = middle }
        }
        guard low == texts.count || !texts[low].utf8.elementsEqual(text.utf8) else { return }
        texts.insert(text, at: low)
        if texts.count > Self.limit {
            texts.removeLast()
            isComplete = false
        }
    }

    /// Commutative, associative and idempotent.
    public mutating func merge(_ other: TemplateForms) {
        guard self != other else { return }
        for text in other.texts { insert(text) }
        isComplete = isComplete && other.isComplete
    }

    private struct Key: Comparable {
        let hash: UInt64
        let text: String

        /// FNV-1a: the same in every process, unlike Swift's hashes.
        init(_ text: String) {
            self.text = text
            hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }

        static func < (left: Key, right: Key) -> Bool {
            left.hash != right.hash
                ? left.hash < right.hash : left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
        }

        static func == (left: Key, right: Key) -> Bool {
            left.hash == right.hash && left.text.utf8.elementsEqual(right.text.utf8)
        }
    }
}
