/// What a byte may be part of: a set of properties, looked up in one table.
struct ByteClass: OptionSet, Sendable {
    let rawValue: UInt16

    static let digit = ByteClass(rawValue: 1)
    /// `a`-`f`, `A`-`F`.
    static let hexLetter = ByteClass(rawValue: 2)
    /// Any letter, `_`, or a byte beyond ASCII.
    static let letter = ByteClass(rawValue: 4)
    /// Joins the parts of a chunk: `. - + @ # $ % & / \ ~ * ?` and the like.
    static let joiner = ByteClass(rawValue: 8)
    /// Parts chunks: white space, brackets, quotes and `, ; : = | !`.
    static let delimiter = ByteClass(rawValue: 16)
    static let space = ByteClass(rawValue: 32)
    /// Makes a chunk worth a closer look: a digit, `/`, `\` or `@`.
    static let trigger = ByteClass(rawValue: 64)
    /// `.`, which domain names have.
    static let point = ByteClass(rawValue: 128)
    /// `/` or `\`, which paths have.
    static let slash = ByteClass(rawValue: 256)
    /// `@`, which addresses of mail have.
    static let at = ByteClass(rawValue: 512)

    /// The class of each byte value.
    static let table: [ByteClass] = (0...255).map { of(UInt8($0)) }

    private static func of(_ byte: UInt8) -> ByteClass {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): [.digit, .trigger]
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): [.hexLetter, .letter]
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): .letter
        case 0x80...0xFF: .letter
        case UInt8(ascii: " "), 9...13: [.delimiter, .space]
        case UInt8(ascii: "/"), UInt8(ascii: "\\"): [.joiner, .trigger, .slash]
        case UInt8(ascii: "@"): [.joiner, .trigger, .at]
        case UInt8(ascii: "."): [.joiner, .point]
        case UInt8(ascii: ","), UInt8(ascii: "!"), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "="),
            UInt8(ascii: "|"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"),
            UInt8(ascii: ">"):
            .delimiter
        default: .joiner
        }
    }
}

/// A view of a message's bytes that answers for positions beyond its end, so that a recogniser may look ahead.
struct ByteView {
    let base: UnsafePointer<UInt8>
    let count: Int
    let classes: UnsafePointer<ByteClass>

    /// The byte at `index`, or 0 beyond the end.
    @inline(__always)
    subscript(index: Int) -> UInt8 { index < count ? base[index] : 0 }

    /// The class of the byte at `index`; beyond the end, a space's.
    @inline(__always)
    func classOf(_ index: Int) -> ByteClass { index < count ? classes[Int(base[index])] : [.delimiter, .space] }

    @inline(__always)
    func isDigit(_ index: Int) -> Bool { index < count && base[index] &- 48 < 10 }

    @inline(__always)
    func isHexDigit(_ index: Int) -> Bool { !classOf(index).isDisjoint(with: [.digit, .hexLetter]) }

    /// True where a word goes on at `index`: a letter, digit or `_`.
    @inline(__always)
    func isWord(_ index: Int) -> Bool { !classOf(index).isDisjoint(with: [.digit, .letter]) }

    /// The end of the digits that start at `index`.
    @inline(__always)
    func digitsEnd(_ index: Int) -> Int {
        var end = index
        while isDigit(end) { end += 1 }
        return end
    }

    /// The end of the letters, digits and `_` that start at `index`.
    @inline(__always)
    func wordEnd(_ index: Int) -> Int {
        var end = index
        while isWord(end) { end += 1 }
        return end
    }

    /// The end of the hexadecimal digits that start at `index`, at most `limit` of them.
    func hexEnd(_ index: Int, limit: Int = .max) -> Int {
        var end = index
        while end - index < limit, isHexDigit(end) { end += 1 }
        return end
    }

    /// True where the ASCII text `word`, in lower case, stands at `index`, in whatever case.
    func has(_ word: StaticString, at index: Int) -> Bool {
        guard index + word.utf8CodeUnitCount <= count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where base[index + offset] | 0x20 != word.utf8Start[offset] {
            return false
        }
        return true
    }
}
