/// A template as it is matched: the masked form of its messages, in words.
///
/// A word is a run of bytes without white space. The mask `any` stands for any bytes of one word, none included; the
/// mask `words`, always a word of its own, for one or more words.
struct TemplatePattern: Sendable, Hashable {
    /// In the encoding of `MaskedMessage.masked`.
    private(set) var bytes: [UInt8]
    private(set) var words: [PatternWord]

    /// The number of masks that stand for any bytes.
    private(set) var wildcardCount = 0

    /// The word that stands for one or more words.
    private(set) var holeIndex: Int?
    var hasWords: Bool { holeIndex != nil }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        words = []
        bytes.withUnsafeBufferPointer {
            PatternWord.cut($0, into: &words)
            for (index, word) in words.enumerated() where $0.isWords(word) { holeIndex = holeIndex ?? index }
        }
        var index = 0
        while index < bytes.count {
            if bytes[index] == MaskedMessage.maskByte {
                if bytes[index + 1] <= MaskKind.words.rawValue { wildcardCount += 1 }
                index += 1
            }
            index += 1
        }
    }

    /// True where this pattern says more than the other: fewer wildcards, then more bytes, then the order of bytes.
    func isNarrower(than other: TemplatePattern) -> Bool {
        if wildcardCount != other.wildcardCount { return wildcardCount < other.wildcardCount }
        if bytes.count != other.bytes.count { return bytes.count > other.bytes.count }
        return bytes.lexicographicallyPrecedes(other.bytes)
    }

    static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }
    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}

/// One word of a masked form.
struct PatternWord: Sendable {
    /// Where the word lies in the masked form.
    var start: Int32
    var end: Int32
    /// Of the word's bytes, with all kinds of masks taken for one.
    var shape: UInt64
    var hasMask: Bool
    /// True where a mask of the word stands for any bytes.
    var hasWildcard: Bool
    /// True for a word that is one mask and nothing else.
    var isMask: Bool

    var range: Range<Int> { Int(start)..<Int(end) }

    /// Appends the words of `masked` to `words`.
    static func cut(_ masked: UnsafeBufferPointer<UInt8>, into words: inout [PatternWord]) {
        var index = 0
        while true {
            while index < masked.count, isSpace(masked[index]) { index += 1 }
            guard index < masked.count else { return }
            let start = index
            var hash: UInt64 = 0
            var maskCount = 0
            var hasWildcard = false
            var quoted = start
            while index < masked.count, index < quoted || !isSpace(masked[index]) {
                let byte = masked[index]
                index += 1
                if byte == UInt8(ascii: "\""), let end = quoteEnd(masked, index) { quoted = end }
                if byte == MaskedMessage.maskByte {
                    maskCount += 1
                    if masked[index] <= MaskKind.words.rawValue { hasWildcard = true }
                    index += 1
                }
                hash = ByteHash.mixed(hash, UInt64(byte))
            }
            words.append(
                PatternWord(
                    start: Int32(start), end: Int32(index), shape: hash, hasMask: maskCount > 0,
                    hasWildcard: hasWildcard, isMask: maskCount == 1 && index - start == 2))
        }
    }

    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 < 5 }

    /// The end of the quoted text, of one line and of moderate length, whose opening quote stands before `start`.
    private static func quoteEnd(_ masked: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        if start > 1, !ByteClass.table[Int(masked[start - 2])].contains(.delimiter) { return nil }
        if start > 2, masked[start - 3] == MaskedMessage.maskByte { return nil }
        let limit = min(masked.count, start + 200)
        var index = start
        while index < limit, masked[index] != UInt8(ascii: "\"") {
            guard masked[index] != 10 else { return nil }
            index += masked[index] == MaskedMessage.maskByte ? 2 : 1
        }
        guard index < limit, index + 1 == masked.count || ByteClass.table[Int(masked[index + 1])].contains(.delimiter)
        else { return nil }
        return index + 1
    }
}
