import JSONText
import Testing

@Suite struct JSONReaderTests {
    @Test(
        "each kind of value is read",
        arguments: [
            ("null", JSONValue.null),
            (" true ", .bool(true)),
            ("-0.5e+2", .number(-50)),
            ("0", .number(0)),
            (#""a\n\u0041\/\u00e9\ud83d\ude00""#, .string(Array("a\nA/é😀".utf8))),
            ("[]", .array([])),
            ("[1, [2]]", .array([.number(1), .array([.number(2)])])),
            ("{}", .object([])),
            (#"{"a":1,"b":null}"#, .object([.init(name: "a", value: .number(1)), .init(name: "b", value: .null)])),
            ("\u{FEFF}1", .number(1)),
        ])
    func values(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test("of two members with one name the last counts; what is no object has none")
    func members() throws {
        #expect(try JSONValue(parsing: Array(#"{"a":1,"a":2}"#.utf8))["a"] == .number(2))
        #expect(JSONValue.null["a"] == nil)
    }

    @Test(
        "a mistake is named with its line and column",
        arguments: [
            ("", "line 1, column 1: the text ends, expected a value"),
            ("{\n  \"logs\": [\"a\",]\n}", "line 2, column 16: found ']', expected a value"),
            (#"{"logs" ["a"]}"#, "line 1, column 9: found '[', expected ':' after a member's name"),
            (#"{'logs': []}"#, "line 1, column 2: found ''', expected a member's name in double quotes"),
            (#"["a""#, "line 1, column 5: the text ends, expected ',' or ']' after an element"),
            (#"["abc"#, "line 1, column 6: the text ends within a string"),
            ("[\"a\nb\"]", "line 1, column 4: found byte 0xa, expected control characters in strings to be escaped"),
            (#"["\x"]"#, #"line 1, column 4: found 'x', expected one of "\/bfnrtu after a backslash"#),
            (#"["\u12g4"]"#, #"line 1, column 7: found 'g', expected four hexadecimal digits after \u"#),
            ("[1 2]", "line 1, column 4: found '2', expected ',' or ']' after an element"),
            ("01", "line 1, column 2: found '1', expected the end of the text"),
            ("1.", "line 1, column 3: the text ends, expected a digit"),
            ("1e999", "line 1, column 6: number 1e999 is out of range"),
            ("nul", "line 1, column 1: found 'n', expected null"),
            ("[1] x", "line 1, column 5: found 'x', expected the end of the text"),
        ])
    func mistakes(text: String, description: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
        do { _ = try JSONValue(parsing: Array(text.utf8)) } catch { #expect(error.description == description) }
    }

    @Test("bytes that are not UTF-8 and an escaped NUL stay in the string")
    func brokenText() throws {
        let text = Array(#"["a"#.utf8) + [0xFF, 0xC3] + Array(#"\u0000"]"#.utf8)
        #expect(try JSONValue(parsing: text) == .array([.string([0x61, 0xFF, 0xC3, 0x00])]))
    }

    @Test(
        "half a surrogate pair becomes the replacement character",
        arguments: [
            (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
        ])
    func surrogates(text: String, value: String) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == .string(Array(value.utf8)))
    }

    @Test("nesting has a limit, which a million brackets do not get past")
    func nesting() throws {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try JSONValue(parsing: Array(deep.utf8))
        #expect(throws: JSONError(problem: "nested deeper than 64 levels", line: 1, column: 65)) {
            try JSONValue(parsing: Array(repeating: UInt8(ascii: "["), count: 1_000_000))
        }
    }

    @Test("a number of a million digits is told by its first ones")
    func longNumber() {
        let digits = Array(repeating: UInt8(ascii: "7"), count: 1_000_000)
        let problem = "number \(String(repeating: "7", count: 40))… is out of range"
        #expect(throws: JSONError(problem: problem, line: 1, column: 1_000_001)) { try JSONValue(parsing: digits) }
    }

    @Test("cutting a text anywhere is an error, never a crash")
    func truncation() throws {
        let text = Array(#"{"logs": ["a\u00e9\ud83d\ude00", -1.5e3, true, null, {"b": []}]}"#.utf8)
        _ = try JSONValue(parsing: text)
        for end in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text[..<end])) }
        }
    }
}
