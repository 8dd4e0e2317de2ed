/// Reads a format's pattern.
///
/// A pattern is literal text with typed places: `{Name:kind}` captures, `{:kind}` only checks, `{Name=…}` captures what
/// a pattern of its own matches, `(…)?` may be missing, `(…|…)` are alternatives, a space stands for one or more, and a
/// backslash makes the next character literal.
struct PatternParser {
    private let bytes: [UInt8]
    private var position = 0

    /// - Throws: `PatternError` with the offset in the pattern.
    static func parse(_ pattern: String) throws(PatternError) -> [PatternNode] {
        var parser = PatternParser(bytes: Array(pattern.utf8))
        let nodes = try parser.sequence(until: [])
        guard parser.position == parser.bytes.count else {
            throw PatternError(
                offset: parser.position, reason: "this bracket closes nothing; write a backslash before it")
        }
        guard !nodes.isEmpty else { throw PatternError(offset: 0, reason: "the pattern is empty") }
        return nodes
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func sequence(until closers: [UInt8]) throws(PatternError) -> [PatternNode] {
        var nodes: [PatternNode] = []
        var literal: [UInt8] = []
        func flush() {
            guard !literal.isEmpty else { return }
            nodes.append(.literal(literal))
            literal = []
        }
        while position < bytes.count {
            let byte = bytes[position]
            if closers.contains(byte) { break }
            switch byte {
            case UInt8(ascii: "\\"):
                guard position + 1 < bytes.count else {
                    throw PatternError(offset: position, reason: "nothing follows the backslash")
                }
                literal.append(bytes[position + 1])
                position += 2
            case UInt8(ascii: " "):
                flush()
                nodes.append(.space)
                while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
            case UInt8(ascii: "{"):
                flush()
                nodes.append(try place())
            case UInt8(ascii: "("):
                flush()
                nodes.append(try parenthesis())
            case UInt8(ascii: "}"), UInt8(ascii: ")"):
                flush()
                return nodes
            default:
                literal.append(byte)
                position += 1
            }
        }
        flush()
        return nodes
    }

    /// `{Name:kind}`, `{:kind}` or `{Name=…}`.
    private mutating func place() throws(PatternError) -> PatternNode {
        let start = position
        position += 1
        let nameStart = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ":"), bytes[position] != UInt8(ascii: "=") {
            position += 1
        }
        guard position < bytes.count else {
            throw PatternError(offset: start, reason: "a place reads {Name:kind}, {:kind} or {Name=pattern}")
        }
        let name = String(decoding: bytes[nameStart..<position], as: UTF8.self)
        let isGroup = bytes[position] == UInt8(ascii: "=")
        position += 1
        if isGroup {
            guard !name.isEmpty else {
                throw PatternError(offset: start, reason: "a place with a pattern needs a name")
            }
            let body = try sequence(until: [])
            try close(UInt8(ascii: "}"), openedAt: start)
            guard !body.isEmpty else { throw PatternError(offset: start, reason: "the place's pattern is empty") }
            return .group(name: name, body)
        }
        let kindStart = position
        // The byte after `until` may be the closing brace's own kind, so it is taken unseen.
        if bytes[kindStart...].starts(with: Array("until".utf8)) { position += 6 }
        while position < bytes.count, bytes[position] != UInt8(ascii: "}") { position += 1 }
        let spelling = Substring(decoding: bytes[kindStart..<min(position, bytes.count)], as: UTF8.self)
        try close(UInt8(ascii: "}"), openedAt: start)
        guard let element = PatternElement(spelling: spelling) else {
            throw PatternError(
                offset: kindStart, reason: "there is no kind '\(spelling)'; known are \(PatternElement.spellings)")
        }
        return .element(element, name: name.isEmpty ? nil : name)
    }

    private mutating func parenthesis() throws(PatternError) -> PatternNode {
        let start = position
        var branches: [[PatternNode]] = []
        repeat {
            position += 1
            branches.append(try sequence(until: [UInt8(ascii: "|")]))
        } while position < bytes.count && bytes[position] == UInt8(ascii: "|")
        try close(UInt8(ascii: ")"), openedAt: start)
        let isOptional = position < bytes.count && bytes[position] == UInt8(ascii: "?")
        if isOptional { position += 1 }
        if branches.contains(where: \.isEmpty) {
            throw PatternError(offset: start, reason: "a branch is empty; write (…)? for what may be missing")
        }
        let node = branches.count == 1 ? nil : PatternNode.alternatives(branches)
        if isOptional { return .optional(node.map { [$0] } ?? branches[0]) }
        guard let node else {
            throw PatternError(offset: start, reason: "brackets need ? after them or | within; write \\( for a bracket")
        }
        return node
    }

    private mutating func close(_ byte: UInt8, openedAt start: Int) throws(PatternError) {
        guard position < bytes.count, bytes[position] == byte else {
            throw PatternError(
                offset: start, reason: "no '\(Character(Unicode.Scalar(byte)))' closes the bracket opened here")
        }
        position += 1
    }
}

/// What is wrong in a pattern, and where.
struct PatternError: Error, Equatable {
    /// In bytes from the pattern's begin.
    var offset: Int
    var reason: String
}
