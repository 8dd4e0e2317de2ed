/// Says whether a pattern matches a masked form, and which part each of its masks stands for.
struct PatternMatcher {
    /// A part of the masked form and the kind of the mask that stands for it.
    struct Capture: Sendable {
        var start: Int32
        var end: Int32
        var kind: MaskKind
    }

    /// Of the last match, from left to right; meaningless after a mismatch.
    private(set) var captures: [Capture] = []

    /// True where `pattern` matches all of a message, whose words are `words`.
    mutating func matches(
        _ pattern: TemplatePattern, _ message: borrowing MaskedMessage, _ words: [PatternWord]
    ) -> Bool {
        captures.removeAll(keepingCapacity: true)
        return pattern.bytes.withUnsafeBufferPointer { patternBytes in
            message.withForm { matches(patternBytes, pattern, $0, words) }
        }
    }

    /// True where `pattern` matches all of `masked`, whose words are `words`.
    mutating func matches(_ pattern: TemplatePattern, _ masked: [UInt8], _ words: [PatternWord]) -> Bool {
        captures.removeAll(keepingCapacity: true)
        return pattern.bytes.withUnsafeBufferPointer { patternBytes in
            masked.withUnsafeBufferPointer { maskedBytes in
                matches(patternBytes, pattern, maskedBytes, words)
            }
        }
    }

    private mutating func matches(
        _ pattern: UnsafeBufferPointer<UInt8>, _ template: TemplatePattern,
        _ masked: UnsafeBufferPointer<UInt8>, _ words: [PatternWord]
    ) -> Bool {
        let surplus = words.count - template.words.count
        guard surplus >= 0, surplus == 0 || template.hasWords else { return false }
        var wordIndex = 0
        var patternEnd = 0
        var maskedEnd = 0
        for (patternIndex, patternWord) in template.words.enumerated() {
            let word = words[wordIndex]
            let patternGap = pattern[patternEnd..<Int(patternWord.start)]
            let gap = masked[maskedEnd..<Int(word.start)]
            guard patternGap.count == gap.count, patternGap.elementsEqual(gap) else { return false }
            if patternIndex == template.holeIndex {
                let last = words[wordIndex + surplus]
                captures.append(Capture(start: word.start, end: last.end, kind: .words))
                maskedEnd = Int(last.end)
                wordIndex += surplus
            } else {
                guard matches(pattern, patternWord, masked, word) else { return false }
                maskedEnd = Int(word.end)
            }
            patternEnd = Int(patternWord.end)
            wordIndex += 1
        }
        let patternGap = pattern[patternEnd...]
        let gap = masked[maskedEnd...]
        return wordIndex == words.count && patternGap.count == gap.count && patternGap.elementsEqual(gap)
            && !captures.contains { isOpposite($0, masked, words) }
    }

    /// True where a wildcard would stand for a word that has an opposite, or for words of which the first has one.
    private func isOpposite(
        _ capture: Capture, _ masked: UnsafeBufferPointer<UInt8>, _ words: [PatternWord]
    ) -> Bool {
        switch capture.kind {
        case .any: Opposites.hasOpposite(masked, Int(capture.start)..<Int(capture.end))
        case .words: words.contains { $0.start == capture.start && Opposites.hasOpposite(masked, $0.range) }
        default: false
        }
    }

    /// True where one word of a pattern matches one word of a masked form; captures what its masks stand for.
    mutating func matches(
        _ pattern: UnsafeBufferPointer<UInt8>, _ patternWord: PatternWord,
        _ masked: UnsafeBufferPointer<UInt8>, _ word: PatternWord
    ) -> Bool {
        var patternIndex = Int(patternWord.start)
        let patternEnd = Int(patternWord.end)
        var index = Int(word.start)
        let end = Int(word.end)
        // The last wildcard, by its capture: it takes one byte more whenever what follows it does not fit.
        var wildcard: (capture: Int, patternIndex: Int)?
        while true {
            if patternIndex < patternEnd, pattern[patternIndex] == MaskedMessage.maskByte,
                pattern[patternIndex + 1] == MaskKind.any.rawValue
            {
                patternIndex += 2
                wildcard = (captures.count, patternIndex)
                captures.append(Capture(start: Int32(index), end: Int32(index), kind: .any))
                continue
            }
            if patternIndex == patternEnd, index == end { return true }
            if patternIndex < patternEnd, index < end, pattern[patternIndex] == masked[index] {
                guard masked[index] == MaskedMessage.maskByte else {
                    patternIndex += 1
                    index += 1
                    continue
                }
                if pattern[patternIndex + 1] == masked[index + 1], let kind = MaskKind(rawValue: masked[index + 1]) {
                    captures.append(Capture(start: Int32(index), end: Int32(index + 2), kind: kind))
                    patternIndex += 2
                    index += 2
                    continue
                }
            }
            guard let last = wildcard else { return false }
            captures.removeSubrange((last.capture + 1)...)
            let taken = Int(captures[last.capture].end)
            guard taken < end else { return false }
            let isMask = masked[taken] == MaskedMessage.maskByte
            // Where a pattern is matched by another: one word cannot stand for several.
            if isMask, masked[taken + 1] == MaskKind.words.rawValue { return false }
            let next = taken + (isMask ? 2 : 1)
            captures[last.capture].end = Int32(next)
            patternIndex = last.patternIndex
            index = next
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// True for a pattern's word that stands for one or more words.
    @inline(__always)
    func isWords(_ word: PatternWord) -> Bool {
        word.isMask && self[Int(word.start) + 1] == MaskKind.words.rawValue
    }
}
