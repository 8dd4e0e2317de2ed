/// Looks up what becomes of a code point before words are looked up.
struct Normalization: Sendable {
    enum Kind: UInt32 {
        /// Belongs to a word.
        case wordPart = 0
        /// Vanishes, and what stands on either side of it joins.
        case removed = 1
        case separator = 2
        /// Is a word of its own.
        case isolated = 3
    }

    /// One code point's fate: its kind, and the UTF-8 of what takes its place.
    struct Fate {
        /// Bits 0-1 the kind, 2-7 the number of bytes, 8-31 where they start in `replacements`; no bytes: as it is.
        var bits: UInt32
        var kind: Kind { Kind(rawValue: bits & 3) ?? .wordPart }
        var replacement: Range<Int> {
            let start = Int(bits >> 8)
            return start..<start + Int(bits >> 2 & 63)
        }
    }

    /// Which block of `fates` holds each run of 256 code points; block 0 is all zeros.
    private var blockOfPage: [UInt16]
    private var fates: [UInt32]
    private(set) var replacements: [UInt8] = []

    static let bert = Normalization(parsing: normalizationTable)

    subscript(codePoint: UInt32) -> Fate {
        Fate(bits: fates[Int(blockOfPage[Int(codePoint >> 8)]) << 8 | Int(codePoint & 255)])
    }

    private init(parsing table: StaticString) {
        blockOfPage = Array(repeating: 0, count: 0x1100)
        fates = Array(repeating: 0, count: 256)
        let text = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let columns = line.split(separator: UInt8(ascii: " "))
            let span = columns[0].split(separator: UInt8(ascii: "-")).map(Self.hexadecimal)
            let start = replacements.count
            for column in columns.dropFirst(2) {
                guard let scalar = Unicode.Scalar(Self.hexadecimal(column)) else {
                    preconditionFailure("the normalization table holds a surrogate")
                }
                replacements.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
            }
            let kind: Kind =
                switch columns[1].first {
                case UInt8(ascii: "x"): .removed
                case UInt8(ascii: "s"): .separator
                case UInt8(ascii: "i"): .isolated
                default: .wordPart
                }
            let bits = kind.rawValue | UInt32(replacements.count - start) << 2 | UInt32(start) << 8
            for codePoint in span[0]...(span.last ?? span[0]) { set(codePoint, bits) }
        }
    }

    private mutating func set(_ codePoint: UInt32, _ bits: UInt32) {
        let page = Int(codePoint >> 8)
        if blockOfPage[page] == 0 {
            blockOfPage[page] = UInt16(fates.count >> 8)
            fates.append(contentsOf: repeatElement(0, count: 256))
        }
        fates[Int(blockOfPage[page]) << 8 | Int(codePoint & 255)] = bits
    }

    private static func hexadecimal(_ digits: some Collection<UInt8>) -> UInt32 {
        digits.reduce(0) { $0 << 4 | UInt32($1 < 58 ? $1 - 48 : $1 - 55) }
    }
}

/// The letters of a Hangul syllable (Unicode 3.12).
func hangulLetters(_ syllable: UInt32) -> [UInt32]? {
    guard case 0xAC00...0xD7A3 = syllable else { return nil }
    let index = syllable - 0xAC00
    let letters = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
    return index % 28 == 0 ? letters : letters + [0x11A7 + index % 28]
}
