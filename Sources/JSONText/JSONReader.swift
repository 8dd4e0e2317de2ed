internal import TocsinCore

/// Reads one JSON text, strictly as RFC 8259 has it but for one thing: strings may hold bytes that are not UTF-8.
struct JSONReader {
    /// Deeper nesting is refused before it can exhaust the stack.
    static let maxDepth = 64
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    private let input: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    init(_ input: UnsafeBufferPointer<UInt8>) {
        self.input = input
        if input.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }  // a byte order mark
    }

    mutating func document() throws(JSONError) -> JSONValue {
        skipSpace()
        let value = try value()
        skipSpace()
        guard position == input.count else { throw found(expected: "the end of the text") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        switch peek {
        case UInt8(ascii: "{"): return try nested { (reader) throws(JSONError) in try reader.object() }
        case UInt8(ascii: "["): return try nested { (reader) throws(JSONError) in try reader.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || Self.digits.contains(byte): return .number(try number())
        default: throw found(expected: "a value")
        }
    }

    private mutating func nested(
        _ content: (inout JSONReader) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < Self.maxDepth else { throw error("nested deeper than \(Self.maxDepth) levels") }
        depth += 1
        position += 1
        skipSpace()
        let value = try content(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        var members: [JSONValue.Member] = []
        if take("}") { return .object(members) }
        while true {
            guard peek == UInt8(ascii: "\"") else { throw found(expected: "a member's name in double quotes") }
            let name = String(decoding: try string(), as: UTF8.self)
            skipSpace()
            guard take(":") else { throw found(expected: "':' after a member's name") }
            skipSpace()
            let value = try value()
            members.append(JSONValue.Member(name: name, value: value))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw found(expected: "',' or '}' after a member") }
            skipSpace()
        }
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        if take("]") { return .array(elements) }
        while true {
            elements.append(try value())
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw found(expected: "',' or ']' after an element") }
            skipSpace()
        }
    }

    private mutating func literal(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard input[position...].starts(with: text.utf8) else { throw found(expected: text) }
        position += text.utf8.count
        return value
    }

    private mutating func number() throws(JSONError) -> Double {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        let text = String(decoding: input[start..<position], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw error("number \(text.excerpt) is out of range") }
        return value
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = peek, Self.digits.contains(byte) { position += 1 }
        guard position > start else { throw found(expected: "a digit") }
    }

    private mutating func string() throws(JSONError) -> [UInt8] {
        position += 1
        var bytes: [UInt8] = []
        while true {
            let start = position
            while position < input.count, input[position] != 0x22, input[position] != 0x5C, input[position] >= 0x20 {
                position += 1
            }
            bytes.append(contentsOf: input[start..<position])
            switch peek {
            case UInt8(ascii: "\""):
                position += 1
                return bytes
            case UInt8(ascii: "\\"): try escape(into: &bytes)
            case nil: throw error("the text ends within a string")
            default: throw found(expected: "control characters in strings to be escaped")
            }
        }
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(JSONError) {
        position += 1
        switch peek {
        case UInt8(ascii: "\""): bytes.append(0x22)
        case UInt8(ascii: "\\"): bytes.append(0x5C)
        case UInt8(ascii: "/"): bytes.append(0x2F)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            bytes.append(contentsOf: String(Character(try escapedScalar())).utf8)
            return
        default: throw found(expected: #"one of "\/bfnrtu after a backslash"#)
        }
        position += 1
    }

    /// The scalar of `\uXXXX` or of a pair of them; U+FFFD for half a pair, which stands for no character.
    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let unit = try hexUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, input[position...].starts(with: #"\u"#.utf8) else { return "\u{FFFD}" }
        let afterHigh = position
        position += 2
        let low = try hexUnit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(low - 0xDC00))
        else {
            position = afterHigh
            return "\u{FFFD}"
        }
        return scalar
    }

    private mutating func hexUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw found(expected: #"four hexadecimal digits after \u"#)
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private var peek: UInt8? { position < input.count ? input[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func found(expected: String) -> JSONError {
        guard let byte = peek else { return error("the text ends, expected \(expected)") }
        // Never the text itself: a log line may stand there.
        let name = (0x21..<0x7F).contains(byte) ? "'\(Unicode.Scalar(byte))'" : "byte 0x\(String(byte, radix: 16))"
        return error("found \(name), expected \(expected)")
    }

    private func error(_ problem: String) -> JSONError {
        let before = input[..<position]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONError(
            problem: problem, line: before.count { $0 == 0x0A } + 1, column: position - lineStart + 1)
    }
}

extension JSONValue {
    /// The value that a JSON text in UTF-8 stands for.
    public init(parsing text: [UInt8]) throws(JSONError) {
        let result = text.withUnsafeBufferPointer { input in
            Result { () throws(JSONError) in
                var reader = JSONReader(input)
                return try reader.document()
            }
        }
        self = try result.get()
    }
}
