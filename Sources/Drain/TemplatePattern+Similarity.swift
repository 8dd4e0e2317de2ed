/// How near a message is to a pattern, and the pattern that covers both.
extension TemplatePattern {
    /// The narrowest pattern of as many words that matches both this pattern's messages and this one.
    func merged(_ masked: [UInt8], _ maskedWords: [PatternWord]) -> TemplatePattern {
        var merged: [UInt8] = []
        var end = 0
        var matcher = PatternMatcher()
        for (word, other) in zip(words, maskedWords) {
            merged += bytes[end..<Int(word.start)]
            end = Int(word.end)
            let isCovered = bytes.withUnsafeBufferPointer { pattern in
                masked.withUnsafeBufferPointer { matcher.matches(pattern, word, $0, other) }
            }
            merged += isCovered ? Array(bytes[word.range]) : WordMerge.merged(bytes[word.range], masked[other.range])
        }
        return TemplatePattern(merged + bytes[end...])
    }

    /// The part of the message's constant words that the pattern has at the same place, in 0...1; 0 where a pair of
    /// words that must not be joined faces each other.
    func similarity(to masked: [UInt8], _ maskedWords: [PatternWord]) -> Double {
        guard words.count == maskedWords.count, hasSameSpaces(masked, maskedWords) else { return 0 }
        var constant = 0.0
        var equal = 0.0
        for (word, other) in zip(words, maskedWords) {
            if word.shape == other.shape {
                let weight = word.isMask ? 0.3 : 1.0
                constant += weight
                equal += weight
            } else if !(word.isMask && word.hasWildcard) {
                constant += word.isMask && other.isMask ? 0.3 : 1
            }
        }
        return constant == 0 ? 0 : equal / constant
    }

    /// True where the words are parted by the same white space.
    private func hasSameSpaces(_ masked: [UInt8], _ maskedWords: [PatternWord]) -> Bool {
        var end = 0
        var maskedEnd = 0
        for (word, other) in zip(words, maskedWords) {
            let (gap, maskedGap) = (bytes[end..<Int(word.start)], masked[maskedEnd..<Int(other.start)])
            guard gap.count == maskedGap.count, gap.elementsEqual(maskedGap) else { return false }
            end = Int(word.end)
            maskedEnd = Int(other.end)
        }
        return bytes[end...].elementsEqual(masked[maskedEnd...])
    }
}
