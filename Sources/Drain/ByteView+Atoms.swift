/// Numbers, hashes and words with numbers inside: the smallest variable parts.
extension ByteView {
    /// The variable part that starts at `index` and is a whole word, or nil.
    func atom(at index: Int, atChunkStart: Bool) -> MaskSpan? {
        var start = index
        let isSigned = (self[start] == UInt8(ascii: "-") || self[start] == UInt8(ascii: "+")) && isDigit(start + 1)
        if isSigned, atChunkStart { start += 1 }
        guard isWord(start) else { return nil }
        if isDigit(start) {
            if self[start] == UInt8(ascii: "0"), self[start + 1] | 0x20 == UInt8(ascii: "x") {
                let end = hexEnd(start + 2)
                if end > start + 2, !isWord(end) { return MaskSpan(start: index, end: end, kind: .hex) }
            }
            if let end = addressEnd(start) { return MaskSpan(start: start, end: end, kind: .ip) }
            if let span = numberSpan(at: start) { return MaskSpan(start: index, end: span.end, kind: span.kind) }
        }
        return wordWithDigits(at: start)
    }

    /// A number with an optional fraction, exponent and unit, where no other letters follow.
    private func numberSpan(at start: Int) -> MaskSpan? {
        var end = digitsEnd(start)
        if self[end] == UInt8(ascii: "-"), end - start == 8, let end = uuidEnd(start) {
            return MaskSpan(start: start, end: end, kind: .uuid)
        }
        var parts = 1
        while self[end] == UInt8(ascii: "."), isDigit(end + 1) {
            let next = digitsEnd(end + 1)
            if parts == 1 || !isWord(next) {
                end = next
                parts += 1
            } else {
                break
            }
        }
        if parts > 2 { return isWord(end) ? nil : MaskSpan(start: start, end: end, kind: .version) }
        if self[end] | 0x20 == UInt8(ascii: "e") {
            let sign = self[end + 1] == UInt8(ascii: "-") || self[end + 1] == UInt8(ascii: "+") ? 1 : 0
            let exponentEnd = digitsEnd(end + 1 + sign)
            if exponentEnd > end + 1 + sign, !isWord(exponentEnd), sign == 1 || parts == 2 { end = exponentEnd }
        }
        guard isWord(end) else {
            if self[end] == UInt8(ascii: " "), let unitEnd = spacedSizeUnitEnd(end + 1) {
                return MaskSpan(start: start, end: unitEnd, kind: .size)
            }
            return MaskSpan(start: start, end: end, kind: .number)
        }
        let unitEnd = wordEnd(end)
        guard let kind = unitKind(end..<unitEnd) else { return nil }
        return MaskSpan(start: start, end: unitEnd, kind: kind)
    }

    /// What a unit that is glued to a number measures: time or bytes.
    private func unitKind(_ unit: Range<Int>) -> MaskKind? {
        switch unit.count {
        case 1:
            switch self[unit.lowerBound] {
            case UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "h"), UInt8(ascii: "d"): return .duration
            case UInt8(ascii: "B"), UInt8(ascii: "K"), UInt8(ascii: "M"), UInt8(ascii: "G"), UInt8(ascii: "T"),
                UInt8(ascii: "k"):
                return .size
            default: return nil
            }
        case 2:
            if ["ms", "us", "ns"].contains(where: { has($0, at: unit.lowerBound) }) { return .duration }
            return isSizeUnit(unit) ? .size : nil
        default:
            let names: [StaticString] = ["µs", "sec", "secs", "min", "mins", "hrs", "msec", "usec"]
            if names.contains(where: { $0.utf8CodeUnitCount == unit.count && has($0, at: unit.lowerBound) }) {
                return .duration
            }
            return isSizeUnit(unit) ? .size : nil
        }
    }

    /// True for `KB`, `MB`, `GiB` and their like.
    private func isSizeUnit(_ unit: Range<Int>) -> Bool {
        let isPrefix = ["k", "m", "g", "t", "p"].contains { (letter: StaticString) in has(letter, at: unit.lowerBound) }
        let isInfixed = unit.count == 3 && self[unit.lowerBound + 1] == UInt8(ascii: "i")
        return isPrefix && (unit.count == 2 || isInfixed) && self[unit.upperBound - 1] | 0x20 == UInt8(ascii: "b")
    }

    /// The end of a unit of bytes such as `KB` or `bytes` that starts at `start` and is a whole word, or nil; with
    /// the same size in brackets, where a log says it twice: `1234 bytes (1.20 KB)`.
    private func spacedSizeUnitEnd(_ start: Int) -> Int? {
        let end = min(wordEnd(start), start + 6)
        switch end - start {
        case 1: return self[start] == UInt8(ascii: "B") ? end : nil
        case 2, 3: return isSizeUnit(start..<end) ? end : nil
        case 4, 5:
            guard has("byte", at: start), end - start == 4 || self[end - 1] == UInt8(ascii: "s") else { return nil }
            guard self[end] == UInt8(ascii: " "), self[end + 1] == UInt8(ascii: "("), isDigit(end + 2),
                let size = numberSpan(at: end + 2), size.kind == .size, self[size.end] == UInt8(ascii: ")")
            else { return end }
            return size.end + 1
        default: return nil
        }
    }

    /// A UUID, a hash, or a word whose digits make it a name of one thing, such as `attempt_1445_0020`.
    private func wordWithDigits(at start: Int) -> MaskSpan? {
        var end = start
        var digits = 0
        var isHex = true
        while true {
            let byteClass = classOf(end)
            if byteClass.contains(.digit) {
                digits += 1
            } else if byteClass.contains(.letter) {
                if !byteClass.contains(.hexLetter) { isHex = false }
            } else if end > start, self[end] == UInt8(ascii: "-"), self[end - 1] == UInt8(ascii: "_"),
                isDigit(end + 1)
            {
                isHex = false
            } else {
                break
            }
            end += 1
        }
        if isHex {
            if end - start == 8, let end = uuidEnd(start) { return MaskSpan(start: start, end: end, kind: .uuid) }
            if digits > 0, end - start >= 6 { return MaskSpan(start: start, end: end, kind: .hex) }
        }
        let isName = digits >= 3 || (isDigit(start) && digits > 0)
        return isName ? MaskSpan(start: start, end: end, kind: .identifier) : nil
    }

    /// The end of the UUID that starts at `start`, or nil.
    private func uuidEnd(_ start: Int) -> Int? {
        var index = start
        for length in [8, 4, 4, 4, 12] {
            guard index == start || self[index - 1] == UInt8(ascii: "-"), hexEnd(index, limit: length) == index + length
            else { return nil }
            index += length + 1
        }
        return isWord(index - 1) ? nil : index - 1
    }
}
