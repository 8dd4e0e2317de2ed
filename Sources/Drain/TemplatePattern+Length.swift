/// Patterns for messages whose variable part has another number of words each time.
extension TemplatePattern {
    /// Where a pattern and a message of another number of words part and meet again.
    struct Hole {
        /// The number of words before the hole that both share.
        var head: Int
        /// The number of words behind it.
        var tail: Int
        /// True where all words in the hole, of both, look like values.
        var isOfValues: Bool
    }

    /// The hole between this pattern and a message of another length; nil where they share too little.
    ///
    /// Values that border on the hole are part of it: they belong to the same list.
    func hole(to masked: [UInt8], _ maskedWords: [PatternWord], threshold: Double) -> Hole? {
        guard words.count != maskedWords.count, !hasWords else { return nil }
        let shortest = min(words.count, maskedWords.count)
        var head = 0
        while head < shortest, words[head].shape == maskedWords[head].shape { head += 1 }
        var tail = 0
        while tail < shortest - head,
            words[words.count - 1 - tail].shape == maskedWords[maskedWords.count - 1 - tail].shape
        {
            tail += 1
        }
        while head > 0, isValue(words[head - 1]) { head -= 1 }
        while tail > 0, isValue(words[words.count - tail]) { tail -= 1 }
        let own = words[head..<(words.count - tail)]
        let other = maskedWords[head..<(maskedWords.count - tail)]
        guard !own.isEmpty, !other.isEmpty, head > 0 else { return nil }
        let shared = (words[..<head] + words[(words.count - tail)...]).count { !$0.isMask }
        // A list has words of one shape, or bare values with their units.
        let isOfOneShape = own.allSatisfy { $0.hasMask } && Set((own + other).map(\.shape)).count == 1
        let lost =
            isOfOneShape ? 0 : max(own.count { !isValue($0) }, other.count { !Self.isValue(masked[$0.range], $0) })
        guard shared >= 2, Double(shared) >= threshold * Double(shared + lost) else { return nil }
        return Hole(head: head, tail: tail, isOfValues: lost == 0)
    }

    /// True for a word that is a value and no more: a mask with no letters beside it, or a unit.
    private func isValue(_ word: PatternWord) -> Bool { Self.isValue(bytes[word.range], word) }

    private static func isValue(_ bytes: ArraySlice<UInt8>, _ word: PatternWord) -> Bool {
        guard word.hasMask else { return Units.contains(bytes) }
        var isKind = false
        return bytes.allSatisfy { byte in
            defer { isKind = byte == MaskedMessage.maskByte }
            return isKind || byte == MaskedMessage.maskByte || !ByteClass.table[Int(byte)].contains(.letter)
        }
    }

    /// This pattern with one or more words in the place of the hole.
    func opened(_ hole: Hole) -> TemplatePattern {
        let start = Int(words[hole.head].start)
        let end = Int(words[words.count - 1 - hole.tail].end)
        return TemplatePattern(
            Array(bytes[..<start]) + [MaskedMessage.maskByte, MaskKind.words.rawValue] + bytes[end...])
    }
}

/// Words that belong to the number before them.
private enum Units {
    static func contains(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= 12 && names.contains(String(decoding: word, as: UTF8.self).lowercased())
    }

    private static let names: Set<String> = [
        "sec", "secs", "second", "seconds", "ms", "msec", "msecs", "millisecond", "milliseconds", "us", "usec",
        "microseconds", "ns", "min", "mins", "minute", "minutes", "hour", "hours", "hrs", "day", "days", "week",
        "weeks",
        "byte", "bytes", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "percent", "%", "am", "pm", "utc", "gmt",
    ]
}
