/// What a variable part of a message is; its name stands between angle brackets in a typed template.
public enum MaskKind: UInt8, CaseIterable, Sendable, Hashable {
    /// A variable part of no known shape.
    case any
    /// One or more whole words of no known shape.
    case words
    case number
    /// Digits and letters a-f, or with the prefix `0x`.
    case hex
    case uuid
    /// IPv4 or IPv6, with its port or prefix length where one follows; or IPv4 behind a slash, `/10.0.0.1`.
    case ip
    /// Six octets, as network hardware writes them.
    case mac
    /// A path of a file system, absolute or with several parts.
    case path
    /// A number with a unit of time, such as `30s`.
    case duration
    /// A number with a unit of bytes, such as `12KB` or `33.7 KB`.
    case size
    case url
    case email
    /// A domain name, with its port where one follows.
    case host
    /// A time of day, or a date with one.
    case time
    /// Numbers joined by points, such as `6.1.7601`.
    case version
    /// `true` or `false`, however they are written.
    case boolean
    /// A word with a number inside, such as `attempt_1445_0020`.
    case identifier

    /// The name without brackets, such as `IP`; `*` for `any`.
    public var name: String { Self.names[Int(rawValue)] }

    /// The mask as it stands in a typed template, such as `<IP>`.
    public var mask: String { Self.masks[Int(rawValue)] }

    /// The kind of that name, or nil where none has it.
    public init?(name: some StringProtocol) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    private static let names = [
        "*", "WORDS", "NUM", "HEX", "UUID", "IP", "MAC", "PATH", "DURATION", "SIZE", "URL", "EMAIL", "HOST", "TIME",
        "VERSION",
        "BOOL", "ID",
    ]
    private static let masks = names.map { "<\($0)>" }
}

/// A variable part of a message: the bytes `start..<end` of it, and what they are.
public struct MaskSpan: Sendable, Hashable {
    public var start: Int
    public var end: Int
    public var kind: MaskKind

    public init(start: Int, end: Int, kind: MaskKind) {
        self.start = start
        self.end = end
        self.kind = kind
    }

    public var range: Range<Int> { start..<end }
}
