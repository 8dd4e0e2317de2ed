import JSONText
import Testing

@Suite struct JSONWriterTests {
    @Test("members stand in the order of writing, commas where they belong")
    func order() {
        var json = JSONWriter()
        json.object {
            $0.member("z", 1)
            $0.member("a", "x")
            $0.member("n", String?.none)
            $0.object("o") { _ in }
            $0.array("e") { _ in }
            $0.member("p", [0.5, 0.25] as [Float])
            $0.array("l") {
                $0.object { $0.member("b", true) }
                $0.object { $0.member("d", 1.0) }
            }
        }
        let text = #"{"z":1,"a":"x","n":null,"o":{},"e":[],"p":[0.5,0.25],"l":[{"b":true},{"d":1.0}]}"#
        #expect(String(decoding: json.bytes, as: UTF8.self) == text)
    }

    @Test(
        "what is written reads back the same",
        arguments: [
            "", "plain", "\"quoted\" \\ back", "\u{0}\u{1}\u{1F}\u{7F}\u{8}\u{C}\n\r\t", "é😀 ", "</script>",
        ])
    func roundTrip(text: String) throws {
        var json = JSONWriter()
        json.string(text)
        #expect(try JSONValue(parsing: json.bytes) == .string(Array(text.utf8)))
        #expect(json.bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }

    @Test("broken text is shown with replacements, a number that is none as null")
    func substitutes() {
        var json = JSONWriter()
        json.array {
            $0.text([0x61, 0xFF, 0x62])
            $0.number(Double.nan)
            $0.number(Float.infinity)
            $0.number(Float(0.94))
        }
        #expect(String(decoding: json.bytes, as: UTF8.self) == "[\"a\u{FFFD}b\",null,null,0.94]")
    }

    @Test("lines of newline-delimited JSON hold one value each")
    func lines() {
        var json = JSONWriter()
        for value in 1...2 {
            json.object { $0.member("v", value) }
            json.newline()
        }
        #expect(String(decoding: json.bytes, as: UTF8.self) == "{\"v\":1}\n{\"v\":2}\n")
        json.removeAll()
        #expect(json.bytes.isEmpty)
    }
}
