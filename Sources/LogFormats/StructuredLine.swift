/// A line that is one JSON object or a row of `key=value` pairs.
///
/// Names and values are copied with their escapes undone, so that ranges count in the copy.
struct StructuredLine: ~Copyable {
    struct Member {
        var name: FieldRange
        var value: FieldRange
        var isText: Bool
    }

    /// The most members that are looked at.
    static let memberLimit = 128

    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity = 4096
    private var count = 0
    var members: [Member] = []

    init() { buffer = .allocate(capacity: capacity) }
    deinit { buffer.deallocate() }

    var base: UnsafePointer<UInt8> { UnsafePointer(buffer) }

    /// Takes the line apart and fills the columns that `keys` have a key for; false where it is no such line or has no
    /// message.
    ///
    /// - Parameter keys: for each column its keys, in lower case, and last those of an error, which the message is
    ///   followed by.
    mutating func read(
        _ scanner: ByteScanner, from start: Int, as reader: FormatDefinition.Reader, keys: [[[UInt8]]],
        contentSlot: Int, captures: UnsafeMutablePointer<FieldRange>
    ) -> Bool {
        guard contentSlot >= 0 else { return false }
        begin(lineLength: scanner.end - start)
        let isWhole =
            switch reader {
            case .json: readObject(scanner, start, prefix: nil) == scanner.end
            case .logfmt: readPairs(scanner, start)
            case .pattern: false
            }
        guard isWhole, let message = value(of: keys[contentSlot], isText: true) else { return false }
        for slot in 0..<keys.count - 1 {
            if slot == contentSlot { continue }
            if let value = value(of: keys[slot], isText: false) { captures[slot] = value }
        }
        captures[contentSlot] = content(message, error: keys.last.flatMap { value(of: $0, isText: true) })
        return true
    }

    private mutating func begin(lineLength: Int) {
        count = 0
        members.removeAll(keepingCapacity: true)
        // Values once, names once or under their object's name again, and the message once more with its error.
        let needed = 4 * lineLength + 16
        guard capacity < needed else { return }
        buffer.deallocate()
        capacity = needed
        buffer = .allocate(capacity: capacity)
    }

    /// The value of the first key that the line has and that is not empty.
    private func value(of keys: [[UInt8]], isText: Bool) -> FieldRange? {
        for key in keys {
            for member in members
            where member.value.count > 0 && (member.isText || !isText) && isNamed(member, key) {
                return member.value
            }
        }
        return nil
    }

    private func isNamed(_ member: Member, _ key: [UInt8]) -> Bool {
        guard member.name.count == key.count else { return false }
        for offset in 0..<key.count {
            let byte = buffer[Int(member.name.start) + offset]
            if (byte &- 65 < 26 ? byte | 0x20 : byte) != key[offset] { return false }
        }
        return true
    }

    private mutating func content(_ message: FieldRange, error: FieldRange?) -> FieldRange {
        guard let error, error.start != message.start else { return trimmed(message) }
        let start = mark
        copy(trimmed(message))
        put(UInt8(ascii: ":"))
        put(UInt8(ascii: " "))
        copy(trimmed(error))
        return range(from: start)
    }

    private func trimmed(_ range: FieldRange) -> FieldRange {
        var range = range
        while range.count > 0, ByteScanner.isWhite(buffer[Int(range.end) - 1]) { range.end -= 1 }
        while range.count > 0, ByteScanner.isWhite(buffer[Int(range.start)]) { range.start += 1 }
        return range
    }

    // MARK: The copy

    var mark: Int { count }

    func range(from start: Int) -> FieldRange { FieldRange(start: Int32(start), end: Int32(count)) }

    mutating func put(_ byte: UInt8) {
        // Only names of objects, repeated before each of their members, can fill the copy: then they are cut.
        guard count < capacity else { return }
        buffer[count] = byte
        count += 1
    }

    mutating func copy(_ range: FieldRange) {
        for position in Int(range.start)..<Int(range.end) { put(buffer[position]) }
    }

    /// Copies `scanner`'s bytes.
    mutating func copy(_ scanner: ByteScanner, _ range: Range<Int>) {
        for position in range { put(scanner.base[position]) }
    }

    /// Copies the text between the quotes that begin at `position` with its escapes undone; gives the place after the
    /// closing quote, or -1.
    mutating func copyQuoted(_ scanner: ByteScanner, _ position: Int) -> Int {
        guard position < scanner.end, scanner.base[position] == UInt8(ascii: "\"") else { return -1 }
        var next = position + 1
        while next < scanner.end {
            let byte = scanner.base[next]
            if byte == UInt8(ascii: "\"") { return next + 1 }
            if byte == UInt8(ascii: "\\") {
                next = copyEscape(scanner, next + 1)
                if next < 0 { return -1 }
            } else {
                put(byte)
                next += 1
            }
        }
        return -1
    }

    private mutating func copyEscape(_ scanner: ByteScanner, _ position: Int) -> Int {
        guard position < scanner.end else { return -1 }
        switch scanner.base[position] {
        case UInt8(ascii: "n"): put(0x0A)
        case UInt8(ascii: "t"): put(0x09)
        case UInt8(ascii: "r"): put(0x0D)
        case UInt8(ascii: "b"): put(0x08)
        case UInt8(ascii: "f"): put(0x0C)
        case UInt8(ascii: "u"): return copyUnicodeEscape(scanner, position + 1)
        default: put(scanner.base[position])
        }
        return position + 1
    }

    private mutating func copyUnicodeEscape(_ scanner: ByteScanner, _ position: Int) -> Int {
        guard var value = Self.hexadecimal(scanner, position) else { return -1 }
        var next = position + 4
        if (0xD800..<0xDC00).contains(value), next + 2 <= scanner.end, scanner.base[next] == UInt8(ascii: "\\"),
            scanner.base[next + 1] == UInt8(ascii: "u"), let low = Self.hexadecimal(scanner, next + 2),
            (0xDC00..<0xE000).contains(low)
        {
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            next += 6
        }
        for byte in UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter { put(byte) }
        return next
    }

    private static func hexadecimal(_ scanner: ByteScanner, _ position: Int) -> UInt32? {
        guard position + 4 <= scanner.end else { return nil }
        var value: UInt32 = 0
        for index in position..<position + 4 {
            guard let digit = Character(Unicode.Scalar(scanner.base[index])).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
