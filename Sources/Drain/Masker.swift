/// Finds the variable parts of a message in one pass over its bytes: addresses, numbers, paths, identifiers.
///
/// The rules speak of shapes only and know no source of logs. Where several fit, the most specific wins. A part is
/// cut at white space, brackets, quotes and `, ; : = | !`, and within that at `. - + @ # $ % &`; parts that are
/// variable and joined by `.`, `/` or `:` are one.
public enum Masker {
    /// Calls `body` for each variable part of `bytes`, from left to right, until it says false; parts never overlap and
    /// are never empty.
    ///
    /// Time is linear in the number of bytes, whatever they are.
    @inline(__always)
    static func forEachSpan(in bytes: UnsafeBufferPointer<UInt8>, while body: (MaskSpan) -> Bool) {
        ByteClass.table.withUnsafeBufferPointer { classes in
            guard let base = bytes.baseAddress, let classes = classes.baseAddress else { return }
            let view = ByteView(base: base, count: bytes.count, classes: classes)
            var position = 0
            while let span = nextSpan(in: view, from: &position), body(span) {}
        }
    }

    /// The variable parts of `text`, as offsets in its UTF-8.
    public static func spans(in text: String) -> [MaskSpan] {
        var text = text
        return text.withUTF8 { bytes in
            var spans: [MaskSpan] = []
            forEachSpan(in: bytes) { span in
                spans.append(span)
                return true
            }
            return spans
        }
    }

    /// `text` with each variable part replaced by its mask, such as `<IP>`.
    public static func mask(_ text: String) -> String {
        let spans = spans(in: text)
        let bytes = Array(text.utf8)
        var masked = ""
        var end = 0
        for span in spans {
            masked += String(decoding: bytes[end..<span.start], as: UTF8.self) + span.kind.mask
            end = span.end
        }
        return masked + String(decoding: bytes[end...], as: UTF8.self)
    }

    /// The first variable part at or after `position`, which moves behind it; nil where there is none.
    @inline(__always)
    private static func nextSpan(in view: ByteView, from position: inout Int) -> MaskSpan? {
        var index = position
        defer { position = index }
        while index < view.count {
            let byteClass = view.classes[Int(view.base[index])]
            if byteClass.contains(.delimiter) {
                if view.base[index] == UInt8(ascii: "<"), let end = view.maskTextEnd(index) {
                    defer { index = end }
                    return MaskSpan(start: index, end: end, kind: .any)
                }
                index += 1
                continue
            }
            // A chunk: all up to the next delimiter, and what it is made of.
            let start = index
            var made = byteClass
            index += 1
            while index < view.count {
                let next = view.classes[Int(view.base[index])]
                if next.contains(.delimiter) { break }
                made.formUnion(next)
                index += 1
            }
            if let span = view.span(inChunk: start..<index, madeOf: made) {
                index = span.end
                return span
            }
        }
        return nil
    }
}
