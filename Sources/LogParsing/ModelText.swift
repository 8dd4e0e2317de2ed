internal import Drain

/// Makes the text that an encoder sees of a line: `error Lease Renewer Failed to renew lease for 30 s`.
///
/// This is the one place that makes it. Level, component and message are put into the words that an encoder knows:
/// * the level is one of `trace debug info warning error fatal`, by its severity;
/// * of the component the last part remains, such as `LeaseRenewer` of `org.apache.hadoop.hdfs.LeaseRenewer`;
/// * identifiers give way to what they are (`ip`, `id`, `hex`, `number`, …), as their values tell nothing; numbers of
///   up to four digits, durations and sizes stay, as exit codes and waiting times mean something;
/// * of words with numbers inside, and of paths, the letters remain: `blk_38865049064139660` becomes `blk`;
/// * camel case is cut into words: `OutOfMemoryError` reads as `Out Of Memory Error`;
/// * of punctuation, a fourth of what an encoder would read, only what belongs to a number or a word remains: a decimal
///   point, a sign, `%` and an apostrophe.
///
/// `FeatureTable.schemaVersion` grows when any of this changes.
struct ModelText: ~Copyable {
    /// Longer texts are cut; an encoder reads 128 tokens.
    static let limit = 1024
    /// The most digits of a number that is kept.
    static let keptDigits = 4

    private var text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 4 * limit)
    private var count = 0

    init() {}
    deinit { text.deallocate() }

    /// The text that was made last, UTF-8 where the line was; valid until the next one is made.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: text[..<count]) }

    /// Makes the text of a line.
    ///
    /// - Parameters:
    ///   - severityNumber: OpenTelemetry's, 1...24; 0 where the line has no level.
    ///   - component: as the line spells it.
    ///   - message: the line's content.
    mutating func make(
        severityNumber: Int, component: UnsafeBufferPointer<UInt8>?, message: borrowing MaskedMessage
    ) {
        count = 0
        if severityNumber > 0 { append(Self.levelWords[min((severityNumber - 1) / 4, 5)]) }
        if let component {
            separate()
            appendWords(Self.lastPart(of: component))
        }
        separate()
        message.content.withUnsafeBufferPointer { content in
            var end = 0
            for span in message.spans where count < Self.limit {
                append(content, end..<span.start)
                append(span, of: content)
                end = span.end
            }
            if count < Self.limit { append(content, end..<content.count) }
        }
        while count > 0, text[count - 1] == UInt8(ascii: " ") { count -= 1 }
        if count > Self.limit {
            count = Self.limit
            while count > 0, text[count] & 0xC0 == 0x80 { count -= 1 }
        }
    }

    private static let levelWords: [StaticString] = ["trace", "debug", "info", "warning", "error", "fatal"]

    /// What stands for a variable part whose value tells nothing; nil where the value, or its letters, remain.
    private static func word(for kind: MaskKind) -> StaticString? {
        switch kind {
        case .uuid: "id"
        case .ip: "ip"
        case .mac: "mac"
        case .url: "url"
        case .email: "email"
        case .host: "host"
        case .time: "time"
        case .any, .words, .number, .hex, .path, .duration, .size, .version, .boolean, .identifier: nil
        }
    }

    private mutating func append(_ span: MaskSpan, of content: UnsafeBufferPointer<UInt8>) {
        let value = UnsafeBufferPointer(rebasing: content[span.range])
        if let word = Self.word(for: span.kind) {
            append(word)
            return
        }
        switch span.kind {
        case .number:
            Self.digitCount(value) <= Self.keptDigits ? append(content, span.range) : append("number")
        case .hex:
            value.count <= Self.keptDigits + 2 ? append(content, span.range) : append("hex")
        case .path: appendPath(value)
        case .identifier: appendWords(value)
        default: append(content, span.range)
        }
    }

    private mutating func append(_ word: StaticString) {
        reserve(word.utf8CodeUnitCount)
        for offset in 0..<word.utf8CodeUnitCount { text[count + offset] = word.utf8Start[offset] }
        count += word.utf8CodeUnitCount
    }

    private mutating func separate() {
        if count > 0, text[count - 1] != UInt8(ascii: " ") { append(" ") }
    }

    /// Makes room for as many bytes more.
    @inline(__always)
    private mutating func reserve(_ added: Int) {
        if count + added > text.count { grow(by: added) }
    }

    private mutating func grow(by added: Int) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * (count + added))
        _ = larger.update(fromContentsOf: text[..<count])
        text.deallocate()
        text = larger
    }

    /// Appends bytes with white space and punctuation made one space and camel case cut into words.
    private mutating func append(_ content: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        // What is beyond the limit is cut off in the end, so it need not be written.
        let range = range.lowerBound..<min(range.upperBound, range.lowerBound + Self.limit + 1)
        // At most a space before each byte.
        reserve(2 * range.count)
        let space = UInt8(ascii: " ")
        var last = count > 0 ? text[count - 1] : space
        for position in range {
            var byte = content[position]
            if Self.isLower(byte) || Self.isDigit(byte) || byte >= 0x80 {
                // Most bytes are small letters, which stay as they are.
            } else if Self.isUpper(byte) {
                if last != space, Self.beginsWord(content, position, in: range) {
                    text[count] = space
                    count += 1
                }
            } else if !Self.isPartOfWord(content, position) {
                if last == space { continue }
                byte = space
            }
            text[count] = byte
            count += 1
            last = byte
        }
    }

    /// Whether a capital in camel case begins a word: the `E` of `OutOfMemoryError` and of `HTTPError`.
    private static func beginsWord(
        _ content: UnsafeBufferPointer<UInt8>, _ position: Int, in range: Range<Int>
    ) -> Bool {
        guard position > range.lowerBound else { return false }
        let before = content[position - 1]
        return isLower(before)
            || isUpper(before) && position + 1 < range.upperBound && isLower(content[position + 1])
    }

    /// Whether punctuation belongs to the number or the word around it: `10.5`, `-1`, `97%`, `can't`.
    private static func isPartOfWord(_ content: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        let before = position > 0 ? content[position - 1] : 0
        let after = position + 1 < content.count ? content[position + 1] : 0
        switch content[position] {
        case UInt8(ascii: "."): return isDigit(before) && isDigit(after)
        case UInt8(ascii: "-"): return isDigit(after) && !isDigit(before) && !isWordByte(before)
        case UInt8(ascii: "%"): return isDigit(before)
        case UInt8(ascii: "'"): return isWordByte(before) && isWordByte(after)
        default: return false
        }
    }

    /// Appends the words of a path, an identifier or a component: its runs of letters, and numbers of up to two digits.
    private mutating func appendWords(_ value: UnsafeBufferPointer<UInt8>) {
        var position = 0
        var isFirst = true
        while position < value.count {
            let start = position
            let isDigits = Self.isDigit(value[position])
            if isDigits {
                while position < value.count, Self.isDigit(value[position]) { position += 1 }
            } else {
                while position < value.count, Self.isWordByte(value[position]) { position += 1 }
            }
            guard position > start else {
                position += 1
                continue
            }
            if isDigits, position - start > 2 { continue }
            // A number stays with the letters before it, as in `eth0`.
            if !isFirst, !(isDigits && start > 0 && Self.isWordByte(value[start - 1])) { separate() }
            append(value, start..<position)
            isFirst = false
        }
    }

    /// Appends the words of those parts of a path that have letters; a path without any is an address or a number.
    private mutating func appendPath(_ path: UnsafeBufferPointer<UInt8>) {
        let start = count
        for part in path.split(separator: UInt8(ascii: "/")) where part.contains(where: Self.isWordByte) {
            separate()
            appendWords(UnsafeBufferPointer(rebasing: part))
        }
        if count == start { append(path.contains(UInt8(ascii: ".")) ? "ip" : "path") }
    }

    /// What follows the last `/`, and of a name with two dots or more what follows the last of them.
    private static func lastPart(of component: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var start = component.count
        var lastDot = component.count
        var dots = 0
        while start > 0, component[start - 1] != UInt8(ascii: "/") {
            start -= 1
            if component[start] == UInt8(ascii: ".") {
                dots += 1
                if dots == 1 { lastDot = start }
            }
        }
        if dots >= 2, lastDot + 1 < component.count { start = lastDot + 1 }
        return UnsafeBufferPointer(rebasing: component[start...])
    }

    private static func digitCount(_ value: UnsafeBufferPointer<UInt8>) -> Int {
        value.reduce(0) { $0 + (isDigit($1) ? 1 : 0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
    private static func isUpper(_ byte: UInt8) -> Bool { byte &- 65 < 26 }
    private static func isLower(_ byte: UInt8) -> Bool { byte &- 97 < 26 }
    private static func isWordByte(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 || byte >= 0x80 }
}
