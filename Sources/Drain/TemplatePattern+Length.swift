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
    /// Words that are one mask and border on the hole are part of it: they belong to the same list.
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
        while head > 0, words[head - 1].hasMask { head -= 1 }
        while tail > 0, words[words.count - tail].hasMask { tail -= 1 }
        let own = words[head..<(words.count - tail)]
        let other = maskedWords[head..<(maskedWords.count - tail)]
        guard !own.isEmpty, !other.isEmpty, head > 0 else { return nil }
        let shared = (words[..<head] + words[(words.count - tail)...]).count { !$0.isMask }
        let lost = max(
            own.count { !$0.hasMask && !Units.contains(bytes[$0.range]) },
            other.count { !$0.hasMask && !Units.contains(masked[$0.range]) })
        guard shared >= 2, Double(shared) >= threshold * Double(shared + lost) else { return nil }
        return Hole(head: head, tail: tail, isOfValues: lost == 0)
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
