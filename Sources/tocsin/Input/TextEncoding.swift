/// How an input's characters are written.
enum TextEncoding: Hashable {
    /// UTF-8, or anything else whose lines end in a byte 0x0A.
    case bytes
    case utf16(isBigEndian: Bool)

    /// The encoding that the begin of an input names, and the length of the byte order mark that names it.
    ///
    /// Without a mark, text that is half NULs, all on the same side, is UTF-16: what some programs on Windows write.
    static func detect(_ head: some Collection<UInt8>) -> (encoding: TextEncoding, markLength: Int) {
        let head = Array(head.prefix(BinaryContent.headLength))
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.bytes, 3) }
        if head.starts(with: [0xFF, 0xFE]) {
            // Two more zeros make it the mark of UTF-32, which is left alone and found to be binary.
            return head.dropFirst(2).starts(with: [0, 0]) ? (.bytes, 0) : (.utf16(isBigEndian: false), 2)
        }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16(isBigEndian: true), 2) }
        var zeros = [0, 0]
        for (index, byte) in head.enumerated() where byte == 0 { zeros[index & 1] += 1 }
        let units = head.count / 2
        guard units >= 16 else { return (.bytes, 0) }
        if zeros[1] * 10 > units * 8, zeros[0] * 20 < units { return (.utf16(isBigEndian: false), 0) }
        if zeros[0] * 10 > units * 8, zeros[1] * 20 < units { return (.utf16(isBigEndian: true), 0) }
        return (.bytes, 0)
    }

    /// True where `head` may be the begin of a byte order mark that has not come in whole.
    static func isUndecided(_ head: some Collection<UInt8>) -> Bool {
        head.count < 4
            && [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE, 0, 0], [0xFE, 0xFF]].contains { mark in
                head.count < mark.count && zip(head, mark).allSatisfy { $0 == $1 }
            }
    }
}

/// Makes UTF-8 of UTF-16 that comes in pieces; a unit that belongs to no character becomes U+FFFD.
struct UTF16Transcoder {
    private let isBigEndian: Bool
    /// The first byte of a unit whose second has not come.
    private var halfUnit: UInt8?
    /// The first half of a surrogate pair whose second has not come.
    private var highSurrogate: UInt16?

    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    mutating func transcode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        for byte in bytes {
            guard let first = halfUnit else {
                halfUnit = byte
                continue
            }
            halfUnit = nil
            let unit = isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
            append(unit, to: &text)
        }
        return text
    }

    /// What is left at the end of the input: a replacement for a character that is cut off, or nothing.
    mutating func finish() -> [UInt8] {
        let isCut = halfUnit != nil || highSurrogate != nil
        halfUnit = nil
        highSurrogate = nil
        return isCut ? Self.replacement : []
    }

    private static let replacement = Array("\u{FFFD}".utf8)

    private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if UTF16.isTrailSurrogate(unit) {
                let value = 0x10000 + (UInt32(high) & 0x3FF) << 10 + UInt32(unit) & 0x3FF
                Self.append(value, to: &text)
                return
            }
            text += Self.replacement
        }
        if UTF16.isLeadSurrogate(unit) {
            highSurrogate = unit
        } else if UTF16.isTrailSurrogate(unit) {
            text += Self.replacement
        } else {
            Self.append(UInt32(unit), to: &text)
        }
    }

    private static func append(_ value: UInt32, to text: inout [UInt8]) {
        switch value {
        case ..<0x80: text.append(UInt8(value))
        case ..<0x800: text += [UInt8(0xC0 | value >> 6), UInt8(0x80 | value & 0x3F)]
        case ..<0x10000:
            text += [UInt8(0xE0 | value >> 12), UInt8(0x80 | value >> 6 & 0x3F), UInt8(0x80 | value & 0x3F)]
        default:
            text += [
                UInt8(0xF0 | value >> 18), UInt8(0x80 | value >> 12 & 0x3F), UInt8(0x80 | value >> 6 & 0x3F),
                UInt8(0x80 | value & 0x3F),
            ]
        }
    }
}
