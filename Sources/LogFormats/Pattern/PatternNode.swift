/// One part of a parsed pattern.
indirect enum PatternNode: Sendable, Hashable {
    /// Bytes that stand as they are.
    case literal([UInt8])
    /// One or more spaces or tabs; before the rest of the line, also the line's end.
    case space
    /// A typed place; unnamed where its value is of no interest.
    case element(PatternElement, name: String?)
    /// A named place that a pattern of its own fills.
    case group(name: String, [PatternNode])
    /// `( … )?`.
    case optional([PatternNode])
    /// `( … | … )`.
    case alternatives([[PatternNode]])

    /// The names that this part captures, in order.
    var names: [String] {
        switch self {
        case .literal, .space: []
        case .element(_, let name): name.map { [$0] } ?? []
        case .group(let name, let body): [name] + body.flatMap(\.names)
        case .optional(let body): body.flatMap(\.names)
        case .alternatives(let branches): branches.flatMap { $0.flatMap(\.names) }
        }
    }

    /// How much a match of this part says about the format, in bits.
    var evidence: Float {
        switch self {
        case .literal(let bytes): 3 * Float(bytes.count)
        case .space, .optional: 0
        case .element(let element, _): element.evidence
        case .group(_, let body): body.reduce(0) { $0 + $1.evidence }
        case .alternatives(let branches): branches.map { $0.reduce(0) { $0 + $1.evidence } }.min() ?? 0
        }
    }
}

/// The bytes that a text may begin with.
struct ByteSet: Sendable, Hashable {
    private var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))

    static let all = ByteSet(0...255)
    static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
    static let letters = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z")).union(
        ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z")))
    static let white = ByteSet([0x20, 0x09, 0x0B, 0x0C, 0x0D, 0x0A])

    init(_ bytes: some Sequence<UInt8>) { for byte in bytes { insert(byte) } }
    init(_ text: String) { self.init(text.utf8) }

    func contains(_ byte: UInt8) -> Bool {
        let bit = UInt64(1) << UInt64(byte & 63)
        return switch byte >> 6 {
        case 0: words.0 & bit != 0
        case 1: words.1 & bit != 0
        case 2: words.2 & bit != 0
        default: words.3 & bit != 0
        }
    }

    mutating func insert(_ byte: UInt8) {
        let bit = UInt64(1) << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        default: words.3 |= bit
        }
    }

    func union(_ other: ByteSet) -> ByteSet {
        var result = self
        for byte in UInt8.min...UInt8.max where other.contains(byte) { result.insert(byte) }
        return result
    }

    func subtracting(_ other: ByteSet) -> ByteSet {
        ByteSet((UInt8.min...UInt8.max).filter { contains($0) && !other.contains($0) })
    }

    static func == (left: ByteSet, right: ByteSet) -> Bool { left.words == right.words }
    func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}
