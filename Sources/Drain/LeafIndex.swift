/// Finds the templates that a message may belong to: Drain's tree, flattened.
///
/// Drain descends by the number of words and the first ones. Here a template hangs under the number of words and
/// each pair of its first, second and last word, so that any one of the three may vary from the start. A template with
/// a part of any number of words hangs under the pairs alone.
struct LeafIndex: Sendable {
    private var leaves: [UInt64: [Int32]] = [:]

    private static let wildcard: UInt64 = 1
    private static let mask: UInt64 = 2
    /// The most templates of other lengths that are looked at, the last ones that came.
    private static let maxOfOtherLengths = 64

    /// How many keys of each combination of length, pair and wildcards there are, so that none is looked up in vain.
    private var keyCounts = [Int](repeating: 0, count: 3 * 3 * 4)

    /// Hangs a template under its leaves, and gives the size of the fullest of those that it is looked for in.
    mutating func insert(_ slot: Int32, _ pattern: TemplatePattern) -> Int {
        var fullest = 0
        for (number, key) in Self.keys(of: pattern).enumerated() {
            let (isNew, size) = Self.insert(slot, into: &leaves[key.hash, default: []])
            if isNew { keyCounts[key.combination] += 1 }
            if number < 3 { fullest = max(fullest, size) }
        }
        return fullest
    }

    private static func insert(_ slot: Int32, into leaf: inout [Int32]) -> (isNew: Bool, size: Int) {
        let isNew = !leaf.contains(slot)
        if isNew { leaf.append(slot) }
        return (isNew, leaf.count)
    }

    mutating func remove(_ slot: Int32, _ pattern: TemplatePattern) {
        for key in Self.keys(of: pattern) {
            guard let index = leaves.index(forKey: key.hash), leaves.values[index].contains(slot) else { continue }
            keyCounts[key.combination] -= 1
            leaves.values[index].removeAll { $0 == slot }
            if leaves.values[index].isEmpty { leaves.remove(at: index) }
        }
    }

    /// The fullest of the leaves that the pattern hangs under and is looked for in.
    func fullestLeaf(_ pattern: TemplatePattern) -> [Int32] {
        let keys = Self.keys(of: pattern).prefix(3)
        return keys.compactMap { leaves[$0.hash] }.max { $0.count < $1.count } ?? []
    }

    /// Calls `body` for each template that a message of these words may match; for some more than once.
    func forEachCandidate(_ words: [PatternWord], _ body: (Int32) -> Void) {
        forEachLeaf(words, .exact) { leaf in for slot in leaf { body(slot) } }
        forEachLeaf(words, .any) { leaf in for slot in leaf { body(slot) } }
    }

    /// Calls `body` for templates of any length that start or end as the message does; for some more than once.
    func forEachOfAnyLength(_ words: [PatternWord], _ body: (Int32) -> Void) {
        forEachLeaf(words, .all) { leaf in for slot in leaf.suffix(Self.maxOfOtherLengths) { body(slot) } }
    }

    /// What a leaf says of its templates' number of words.
    private enum Length: Int {
        /// It is the message's.
        case exact
        /// It may be any, for a part of them has any number of words.
        case any
        /// Nothing: besides their own leaves, templates of all lengths hang here.
        case all
    }

    private struct Key {
        var hash: UInt64
        /// Index in `keyCounts`.
        var combination: Int

        init(_ words: [PatternWord], _ length: Length, pair: Int, _ left: UInt64, _ right: UInt64) {
            let count = length == .exact ? UInt64(words.count) : 1 << 32 + UInt64(length.rawValue)
            hash = ByteHash.mixed(ByteHash.mixed((count * 4 + UInt64(pair)) &+ 0x1234_5678_9ABC_DEF1, left), right)
            let wildcards = (left == LeafIndex.wildcard ? 1 : 0) + (right == LeafIndex.wildcard ? 2 : 0)
            combination = (length.rawValue * 3 + pair) * 4 + wildcards
        }
    }

    private func forEachLeaf(_ words: [PatternWord], _ length: Length, _ body: ([Int32]) -> Void) {
        func visit(_ key: Key) {
            if keyCounts[key.combination] > 0, let leaf = leaves[key.hash] { body(leaf) }
        }
        if length == .any { visit(Key([], .any, pair: 0, 0, 0)) }
        for (pair, left, right) in Self.pairs(of: words) {
            visit(Key(words, length, pair: pair, left, right))
            visit(Key(words, length, pair: pair, Self.wildcard, right))
            if words.count > 2 {
                visit(Key(words, length, pair: pair, left, Self.wildcard))
                visit(Key(words, length, pair: pair, Self.wildcard, Self.wildcard))
            }
        }
    }

    private static func keys(of pattern: TemplatePattern) -> [Key] {
        if pattern.hasWords {
            // Of fewer than three words, no pair says where a longer message would look for it.
            return pattern.words.count < 3 ? [Key([], .any, pair: 0, 0, 0)] : keys(of: pattern.words, .any)
        }
        let keys = keys(of: pattern.words, .exact)
        return pattern.words.count < 3 ? keys : keys + Self.keys(of: pattern.words, .all)
    }

    private static func keys(of words: [PatternWord], _ length: Length) -> [Key] {
        pairs(of: words).map { Key(words, length, pair: $0.0, $0.1, $0.2) }
    }

    /// The pairs of words that a template hangs under, with their numbers.
    private static func pairs(of words: [PatternWord]) -> [(Int, UInt64, UInt64)] {
        guard let first = words.first, let last = words.last else { return [(0, 0, 0)] }
        let (a, c) = (wordKey(first), wordKey(last))
        switch words.count {
        case 1: return [(0, a, 0)]
        case 2: return [(0, a, 0), (1, c, 0)]
        default:
            let b = wordKey(words[1])
            return [(0, a, b), (1, a, c), (2, b, c)]
        }
    }

    private static func wordKey(_ word: PatternWord) -> UInt64 {
        word.hasWildcard ? wildcard : word.isMask ? mask : word.shape
    }
}
