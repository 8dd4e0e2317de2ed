/// Finds the templates that a message may belong to: Drain's tree, flattened.
///
/// Drain descends by the number of words and the first ones. Here a template hangs under the number of words and
/// each pair of its first, second and last word, so that any one of the three may vary from the start.
struct LeafIndex: Sendable {
    private var leaves: [UInt64: [Int32]] = [:]

    private static let wildcard: UInt64 = 1
    private static let mask: UInt64 = 2

    mutating func insert(_ slot: Int32, _ words: [PatternWord]) {
        for key in Self.keys(of: words) where leaves[key]?.contains(slot) != true {
            leaves[key, default: []].append(slot)
        }
    }

    mutating func remove(_ slot: Int32, _ words: [PatternWord]) {
        for key in Self.keys(of: words) {
            guard let index = leaves.index(forKey: key) else { continue }
            leaves.values[index].removeAll { $0 == slot }
            if leaves.values[index].isEmpty { leaves.remove(at: index) }
        }
    }

    /// The fullest leaf among those that hold a template of these words.
    func fullestLeaf(_ words: [PatternWord]) -> [Int32] {
        Self.keys(of: words).compactMap { leaves[$0] }.max { $0.count < $1.count } ?? []
    }

    /// Calls `body` for each template that a message of these words may belong to; for some more than once.
    func forEachCandidate(_ words: [PatternWord], _ body: (Int32) -> Void) {
        func visit(_ key: UInt64) {
            if let leaf = leaves[key] { for slot in leaf { body(slot) } }
        }
        guard let first = words.first, let last = words.last else { return visit(Self.key(0, 0, 0, 0)) }
        let count = words.count
        if count <= 2 {
            for word in [Self.wordKey(first), Self.wildcard] { visit(Self.key(count, 0, word, 0)) }
            guard count == 2 else { return }
            for word in [Self.wordKey(last), Self.wildcard] { visit(Self.key(count, 1, word, 0)) }
            return
        }
        let (a, b, c) = (Self.wordKey(first), Self.wordKey(words[1]), Self.wordKey(last))
        for (tag, left, right) in [(0, a, b), (1, a, c), (2, b, c)] {
            visit(Self.key(count, tag, left, right))
            visit(Self.key(count, tag, Self.wildcard, right))
            visit(Self.key(count, tag, left, Self.wildcard))
            visit(Self.key(count, tag, Self.wildcard, Self.wildcard))
        }
    }

    private static func keys(of words: [PatternWord]) -> [UInt64] {
        guard let first = words.first, let last = words.last else { return [key(0, 0, 0, 0)] }
        let count = words.count
        switch count {
        case 1: return [key(count, 0, wordKey(first), 0)]
        case 2: return [key(count, 0, wordKey(first), 0), key(count, 1, wordKey(last), 0)]
        default:
            let (a, b, c) = (wordKey(first), wordKey(words[1]), wordKey(last))
            return [key(count, 0, a, b), key(count, 1, a, c), key(count, 2, b, c)]
        }
    }

    private static func wordKey(_ word: PatternWord) -> UInt64 {
        word.hasWildcard ? wildcard : word.isMask ? mask : word.shape
    }

    private static func key(_ count: Int, _ tag: Int, _ left: UInt64, _ right: UInt64) -> UInt64 {
        ByteHash.mixed(ByteHash.mixed(UInt64(count * 4 + tag) &+ 0x1234_5678_9ABC_DEF1, left), right)
    }
}
