/// Which recogniser looks at a chunk: the text between two delimiters.
extension ByteView {
    /// The first variable part of a chunk, or nil where it is constant; it may reach beyond the chunk.
    func span(inChunk chunk: Range<Int>, madeOf made: ByteClass) -> MaskSpan? {
        let start = chunk.lowerBound
        let end = chunk.upperBound
        let next = self[end]
        if next == UInt8(ascii: ":") {
            if self[end + 1] == UInt8(ascii: "/"), self[end + 2] == UInt8(ascii: "/"), isWord(start) {
                return MaskSpan(start: start, end: urlEnd(end + 3), kind: .url)
            }
            if self[end + 1] == UInt8(ascii: "\\"), end - start == 1 {
                return MaskSpan(start: start, end: pathEnd(end + 1), kind: .path)
            }
            if end - start <= 4, let span = colonAddress(at: start) { return span }
        }
        guard made.contains(.trigger) else {
            if end - start == 3, next == UInt8(ascii: " "), let end = namedTimeEnd(start) {
                return MaskSpan(start: start, end: end, kind: .time)
            }
            if made.contains(.point) { return hostSpan(inChunk: chunk) }
            let isBoolean = end - start == 4 ? has("true", at: start) : end - start == 5 && has("false", at: start)
            return isBoolean ? MaskSpan(start: start, end: end, kind: .boolean) : nil
        }
        if made.contains(.digit), let end = timeEnd(start) { return MaskSpan(start: start, end: end, kind: .time) }
        if made.contains(.slash), let span = pathSpan(inChunk: chunk) { return span }
        if made.contains(.at), let span = emailSpan(inChunk: chunk) { return span }
        if made.contains(.point), let span = hostSpan(inChunk: chunk) { return span }
        return made.contains(.digit) ? wordSpan(inChunk: chunk) : nil
    }

    /// The first part of a chunk that has a digit and is variable, with all that is joined to it.
    private func wordSpan(inChunk chunk: Range<Int>) -> MaskSpan? {
        var index = chunk.lowerBound
        while index < chunk.upperBound {
            if let first = atom(at: index, atChunkStart: index == chunk.lowerBound) { return joined(first) }
            index = subtokenEnd(index)
        }
        return nil
    }

    /// Where the part that starts at `index` ends, with the joiners after it.
    private func subtokenEnd(_ index: Int) -> Int {
        var end = wordEnd(index)
        while self[end] == UInt8(ascii: "-"), end > index, self[end - 1] == UInt8(ascii: "_"), isDigit(end + 1) {
            end = wordEnd(end + 1)
        }
        while classOf(end).contains(.joiner) {
            // A sign belongs to the number behind it only at a chunk's start, where `atom` sees to it.
            end += 1
        }
        return max(end, index + 1)
    }

    /// `span` and all variable parts that hang on it by `.`, `/` or `:`.
    private func joined(_ span: MaskSpan) -> MaskSpan {
        var span = span
        while true {
            let joint = self[span.end]
            guard joint == UInt8(ascii: ".") || joint == UInt8(ascii: "/") || joint == UInt8(ascii: ":"),
                let next = atom(at: span.end + 1, atChunkStart: joint == UInt8(ascii: ":"))
            else { return span }
            if span.kind == .ip, joint != UInt8(ascii: "."), next.kind == .number {
                span.end = next.end
            } else {
                let isNumber = span.kind == .number && next.kind == .number
                span = MaskSpan(start: span.start, end: next.end, kind: isNumber ? .number : .identifier)
            }
        }
    }
}
