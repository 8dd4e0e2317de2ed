/// Finds the templates that a message may belong to: Drain's tree, flattened.
///
/// Drain descends by the number of words and the first ones. Here a template hangs under the number of words and
/// each pair of its first, second and last word, so that any one of the three may vary from the start. A template with
/// a part of any number of words hangs under the pairs alone.
struct LeafIndex: Sendable {
    private var leaves: [UInt64: [Int32]] = [:]

    private static let wildcard: UInt64 = 1
    private static let mask: UInt64 = 2
    /// In the place of the number of words: of a template with any number of them.
    private static let anyLength = 1 << 20
    /// In the place of the number of words: where templates of all lengths hang besides.
    private static let allLengths = 1 << 21
    /// The most templates of other lengths that are looked at, the last ones that came.
    private static let maxOfOtherLengths = 64

    mutating func insert(_ slot: Int32, _ pattern: TemplatePattern) {
        for key in Self.keys(of: pattern) where leaves[key]?.contains(slot) != true {
            leaves[key, default: []].append(slot)
        }
    }

    mutating func remove(_ slot: Int32, _ pattern: TemplatePattern) {
        for key in Self.keys(of: pattern) {
            guard let index = leaves.index(forKey: key) else { continue }
            leaves.values[index].removeAll { $0 == slot }
            if leaves.values[index].isEmpty { leaves.remove(at: index) }
        }
    }

    /// The fullest of the leaves that the pattern hangs under and is looked for in.
    func fullestLeaf(_ pattern: TemplatePattern) -> [Int32] {
        let keys = Self.keys(of: pattern.words, count: pattern.hasWords ? Self.anyLength : pattern.words.count)
        return keys.compactMap { leaves[$0] }.max { $0.count < $1.count } ?? []
    }

    /// Calls `body` for each template that a message of these words may match; for some more than once.
    func forEachCandidate(_ words: [PatternWord], _ body: (Int32) -> Void) {
        forEachLeaf(words, count: words.count) { leaf in for slot in leaf { body(slot) } }
        forEachLeaf(words, count: Self.anyLength) { leaf in for slot in leaf { body(slot) } }
    }

    /// Calls `body` for templates of any length that start or end as the message does; for some more than once.
    func forEachOfAnyLength(_ words: [PatternWord], _ body: (Int32) -> Void) {
        forEachLeaf(words, count: Self.allLengths) { leaf in
            for slot in leaf.suffix(Self.maxOfOtherLengths) { body(slot) }
        }
    }

    private func forEachLeaf(_ words: [PatternWord], count: Int, _ body: ([Int32]) -> Void) {
        func visit(_ key: UInt64) {
            if let leaf = leaves[key] { body(leaf) }
        }
        guard let first = words.first, let last = words.last else { return visit(Self.key(count, 0, 0, 0)) }
        if words.count <= 2 {
            for word in [Self.wordKey(first), Self.wildcard] { visit(Self.key(count, 0, word, 0)) }
            guard words.count == 2 else { return }
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

    private static func keys(of pattern: TemplatePattern) -> [UInt64] {
        if pattern.hasWords { return keys(of: pattern.words, count: anyLength) }
        let keys = keys(of: pattern.words, count: pattern.words.count)
        return pattern.words.count < 3 ? keys : keys + Self.keys(of: pattern.words, count: allLengths)
    }

    private static func keys(of words: [PatternWord], count: Int) -> [UInt64] {
        guard let first = words.first, let last = words.last else { return [key(count, 0, 0, 0)] }
        switch words.count {
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
