/// How near a message is to a pattern, and the pattern that covers both.
extension TemplatePattern {
    /// The narrowest pattern of the same words that matches both this pattern's messages and this one.
    func merged(_ masked: [UInt8], _ maskedWords: [PatternWord]) -> TemplatePattern {
        var merged: [UInt8] = []
        var end = 0
        var matcher = PatternMatcher()
        for (index, word) in words.enumerated() {
            merged += bytes[end..<Int(word.start)]
            end = Int(word.end)
            guard let other = partner(of: index, in: maskedWords) else {
                merged += bytes[word.range]
                continue
            }
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
        guard hasWords ? words.count <= maskedWords.count : words.count == maskedWords.count else { return nil }
        var total = 0.0
        for (index, word) in words.enumerated() where !(word.isMask && word.hasWildcard) {
            guard let other = partner(of: index, in: maskedWords) else { continue }
            total += word.isMask && other.isMask ? TemplateDifference.maskWeight : 1
        }
        let tolerance = total * (1 - threshold) + 1e-9
        var missing = 0.0
        var found = TemplateDifference()
        for (index, word) in words.enumerated() where !(word.isMask && word.hasWildcard) {
            guard let other = partner(of: index, in: maskedWords), word.shape != other.shape else { continue }
            if word.isMask, other.isMask { continue }
            let comparison = WordComparison(bytes[word.range], masked[other.range])
            guard var evidence = comparison.evidence else { return nil }
            if evidence == .plainWords, index > 0, NameContext.contains(bytes[words[index - 1].range]) {
                evidence = .names
            }
            missing += 1 - comparison.credit
            guard missing <= tolerance else { return nil }
            found.places.append(TemplateDifference.Place(word: index, start: other.start, evidence: evidence))
        }
        guard total > 0, hasSameSpaces(masked, maskedWords) else { return nil }
        found.similarity = 1 - missing / total
        return found
    }

    /// The message's word that stands where the pattern's does; nil for the part of any number of words.
    func partner(of index: Int, in maskedWords: [PatternWord]) -> PatternWord? {
        guard let hole = holeIndex, index >= hole else { return maskedWords[index] }
        return index == hole ? nil : maskedWords[index + maskedWords.count - words.count]
    }

    /// True where the words are parted by the same white space.
    private func hasSameSpaces(_ masked: [UInt8], _ maskedWords: [PatternWord]) -> Bool {
        var end = 0
        var maskedEnd = 0
        for (index, word) in words.enumerated() {
            let first = partner(of: index, in: maskedWords) ?? maskedWords[index]
            let last = partner(of: index, in: maskedWords) ?? maskedWords[index + maskedWords.count - words.count]
            let (gap, maskedGap) = (bytes[end..<Int(word.start)], masked[maskedEnd..<Int(first.start)])
            guard gap.count == maskedGap.count, gap.elementsEqual(maskedGap) else { return false }
            end = Int(word.end)
            maskedEnd = Int(last.end)
        }
        return bytes[end...].elementsEqual(masked[maskedEnd...])
    }
}
