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

    /// How a message of as many words differs from this pattern; nil where it shares too little with it, or where the
    /// two say opposite things.
    func difference(from masked: [UInt8], _ maskedWords: [PatternWord], threshold: Double) -> TemplateDifference? {
        guard words.count == maskedWords.count, hasSameSpaces(masked, maskedWords) else { return nil }
        var total = 0.0
        var missing = 0.0
        for (word, other) in zip(words, maskedWords) where !(word.isMask && word.hasWildcard) {
            total += word.isMask && other.isMask ? TemplateDifference.maskWeight : 1
        }
        let tolerance = total * (1 - threshold) + 1e-9
        var found = TemplateDifference()
        for index in words.indices where words[index].shape != maskedWords[index].shape {
            let (word, other) = (words[index], maskedWords[index])
            if word.isMask, word.hasWildcard { continue }
            if word.isMask, other.isMask { continue }
            let comparison = WordComparison(bytes[word.range], masked[other.range])
            guard var evidence = comparison.evidence else { return nil }
            if evidence == .plainWords, index > 0, NameContext.contains(bytes[words[index - 1].range]) {
                evidence = .names
            }
            missing += 1 - comparison.credit
            guard missing <= tolerance else { return nil }
            found.places.append(TemplateDifference.Place(word: index, evidence: evidence))
        }
        found.similarity = total == 0 ? 0 : 1 - missing / total
        return found
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
