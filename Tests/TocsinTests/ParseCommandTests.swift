import Foundation
import JSONText
import TestCompression
import TestTraces
import Testing

@testable import tocsin

@Suite struct ParseCommandTests {
    static let sshd = "Feb  3 07:15:22 gate sshd[811]: Connection closed by 192.0.2.7"

    private func rows(_ outcome: CommandLineTool.Outcome) throws -> [JSONValue] {
        try outcome.rows.map { try JSONValue(parsing: Array($0.utf8)) }
    }

    private func string(_ value: JSONValue?) -> String? {
        guard case .string(let bytes)? = value else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("a row has the documented members in their order, and no others where nothing is the matter")
    func members() throws {
        let file = try TemporaryFile(Self.sshd + "\n")
        let outcome = try CommandLineTool.run("parse", file.path)
        #expect(outcome.status == 0)
        #expect(outcome.error == "")
        guard case .object(let members) = try #require(try rows(outcome).first) else {
            Issue.record("no object: \(outcome.text)")
            return
        }
        #expect(
            members.map(\.name) == [
                "line", "log_type", "format_confidence", "timestamp", "host", "component", "pid", "level",
                "parsed_content", "template", "typed_template", "template_id", "parameters", "fields",
            ])
    }

    @Test("the year that lines leave out is that of the file, or of now; the zone is as told")
    func timestamps() throws {
        let file = try TemporaryFile(Self.sshd)
        let changed = Date(timeIntervalSince1970: 1_580_000_000)  // January 2020: the line is of February 2019
        try FileManager.default.setAttributes([.modificationDate: changed], ofItemAtPath: file.path)
        let dated = try rows(try CommandLineTool.run("parse", file.path, "--utc-offset", "+05:30"))
        #expect(string(dated[0]["timestamp"]) == "2019-02-03T07:15:22+05:30")
        let piped = try rows(try CommandLineTool.run("parse", "-", input: Array(Self.sshd.utf8)))
        let year = Calendar(identifier: .gregorian).component(.year, from: .now)
        #expect([year, year - 1].map { "\($0)-02-03T07:15:22Z" }.contains(string(piped[0]["timestamp"])))
        #expect(try CommandLineTool.run("parse", "--utc-offset", "noon").status == 64)
    }

    @Test("joined records say which lines they hold, and what they are")
    func multiline() throws {
        let text = "ERROR: failed\njava.io.IOException: disk full\n\tat shop.Cart.pay(Cart.java:41)\nINFO: ready\n"
        let joined = try rows(try CommandLineTool.run("parse", "--multiline", "auto", input: Array(text.utf8)))
        #expect(joined.map { $0["line"] } == [.number(1), .number(4)])
        #expect(joined[0]["lines"] == .array([.number(1), .number(3)]))
        #expect(string(joined[0]["raw"])?.hasPrefix("ERROR: failed\njava.io") == true)
        #expect(string(joined[0]["parsed_content"])?.hasPrefix("failed\njava.io") == true)
        #expect(joined[1]["lines"] == nil)
        #expect(try CommandLineTool.run("parse", input: Array(text.utf8)).rows.count == 4)
    }

    @Test("what lines should not hold has an answer each")
    func hostileLines() throws {
        var input =
            Array("\u{1B}[1;31mERROR\u{1B}[0m: disk full\r\n\nERROR: a".utf8) + [0x00] + Array("b\nERROR: ".utf8)
        input += [0xFF, 0xC3, 0x0A]
        input += Array("ERROR: ".utf8) + [UInt8](repeating: 0x78, count: 10_000_000) + Array("\nlast".utf8)
        let outcome = try CommandLineTool.run("parse", input: input)
        #expect(outcome.status == 0)
        let rows = try rows(outcome)
        #expect(rows.count == 6)
        #expect(string(rows[0]["parsed_content"]) == "disk full")
        #expect(string(rows[1]["log_type"]) == "Unknown")
        #expect(string(rows[2]["parsed_content"]) == "a\0b")
        #expect(string(rows[3]["raw"]) == "ERROR: \u{FFFD}\u{FFFD}")
        #expect(string(rows[3]["raw_base64"]) == "RVJST1I6IP/D")
        #expect(rows[4]["truncated"] == .bool(true))
        #expect(string(rows[4]["parsed_content"])?.utf8.count == 65_536 - 7)
        #expect(string(rows[5]["parsed_content"]) == "last")
    }

    @Test("several files are read, compressed or not; one that cannot be does not keep the others back")
    func files() throws {
        let plain = try TemporaryFile("ERROR: one\n")
        let packed = try TemporaryFile(Compressed.zstd(Array("ERROR: two\n".utf8)), suffix: ".zst")
        let cut = try TemporaryFile(Compressed.gzip(Array("ERROR: three\n".utf8)).dropLast(4), suffix: ".gz")
        let outcome = try CommandLineTool.run("parse", plain.path, "/nowhere", cut.path, packed.path)
        #expect(outcome.status == 1)
        let rows = try rows(outcome)
        #expect(rows.map { string($0["file"]) } == [plain.path, cut.path, packed.path])
        #expect(rows.map { string($0["parsed_content"]) } == ["one", "three", "two"])
        #expect(rows.allSatisfy { $0["line"] == .number(1) })
        #expect(outcome.error.contains("cannot read '/nowhere': No such file or directory"))
        #expect(outcome.error.contains("'\(cut.path)': the gzip data is cut off: it ends at byte"))
    }

    @Test("a binary file and a UTF-16 file have a clear answer")
    func encodings() throws {
        let binary = try CommandLineTool.run("parse", input: [0x7F] + Array("ELF\u{2}\u{1}".utf8))
        #expect(binary.status == 1)
        #expect(binary.error.contains("standard input is an ELF program, expected log lines"))
        let utf16 = "\u{FEFF}ERROR: wide\r\n".utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(string(try rows(try CommandLineTool.run("parse", input: utf16))[0]["parsed_content"]) == "wide")
    }

    @Test("an empty input has no rows, and CSV still has its header")
    func emptyInput() throws {
        #expect(try CommandLineTool.run("parse").output.isEmpty)
        let csv = try CommandLineTool.run("parse", "--output", "csv")
        #expect(csv.text.hasPrefix("line,log_type,format_confidence,timestamp,host,component,pid,level,"))
        #expect(csv.text.split(separator: "\r\n").count == 1)
    }

    @Test("CSV has parameters and fields as JSON, and says what a record holds")
    func csv() throws {
        let outcome = try CommandLineTool.run(
            "parse", "-o", "csv", "--multiline", "auto", input: Array("ERROR: user 77 failed\n  badly\n".utf8))
        let rows = outcome.text.split(separator: "\r\n")
        #expect(rows.count == 2)
        #expect(rows[1].hasPrefix("1,"))
        #expect(rows[1].contains(#""[{""kind"":""#))
        #expect(rows[1].hasSuffix(",2,,,,"))
    }

    @Test("standard input among files is read in its place, and a table says of which file its rows are")
    func standardInputAmongFiles() throws {
        let file = try TemporaryFile("ERROR: one\nERROR: two\n")
        let outcome = try CommandLineTool.run(
            "parse", "-", file.path, "-o", "table", input: Array("ERROR: piped\n".utf8))
        #expect(outcome.status == 0)
        let rows = outcome.rows.dropFirst().map { $0.split(separator: " ").prefix(2) }
        #expect(
            rows == [["==>", "-"], ["1", "Generic"], ["==>", "\(file.path)"], ["1", "Generic"], ["2", "Generic"]])
    }

    @Test("a record that is cut says which part it is and which lines it holds")
    func parts() throws {
        let text = LongTrace.go.lines(1100).joined(separator: "\n")
        let outcome = try CommandLineTool.run("parse", "--multiline", "auto", input: Array(text.utf8))
        let rows = try rows(outcome)
        #expect(rows.map { $0["part"] } == [.number(1), .number(2), .number(3)])
        #expect(rows[2]["line"] == .number(1025))
        #expect(rows[2]["lines"] == .array([.number(1025), .number(1100)]))
        let csv = try CommandLineTool.run("parse", "-o", "csv", "--multiline", "auto", input: Array(text.utf8))
        #expect(csv.text.hasSuffix(",1100,3,,,\r\n"))
    }

    @Test("a table says which lines a joined record holds")
    func table() throws {
        let outcome = try CommandLineTool.run(
            "parse", "-o", "table", "--multiline", "auto", input: Array("ERROR: failed\n  badly\n".utf8))
        #expect(outcome.rows.last?.contains("1-2") == true)
        #expect(outcome.rows.last?.contains("failed·  badly") == true)
    }

    @Test("a format that does not fit is a warning on the line; one that there is not is an error")
    func forcedFormat() throws {
        let line = Array("the quick brown fox".utf8)
        let forced = try rows(try CommandLineTool.run("parse", "--format", "HDFS", input: line))
        #expect(string(forced[0]["log_type"]) == "HDFS")
        #expect(forced[0]["warnings"] != nil)
        let unknown = try CommandLineTool.run("parse", "--format", "Elephant", input: line)
        #expect(unknown.status != 0)
        #expect(unknown.error.contains("there is no log type 'Elephant'; name one of AccessLog, Android"))
    }

    @Test("a folder of formats is read after ours; a broken file is named with the place")
    func ownFormats() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "shop.json")
        func write(_ pattern: String, rest: String = "") throws {
            try Data(
                """
                {"name": "Shop", "about": "a test", "patterns": ["\(pattern)"], "columns": ["Till", "Content"],
                 "samples": [{"line": "till 7 >> opened"}]\(rest)}
                """.utf8
            ).write(to: file)
        }
        try write("till {Till:integer} >> {Content:rest}")
        let parsed = try rows(
            try CommandLineTool.run("parse", "--formats", folder.path, input: Array("till 7 >> opened".utf8)))
        #expect(string(parsed[0]["log_type"]) == "Shop")
        #expect(string(parsed[0]["fields"]?["Till"]) == "7")

        try write("till {Till:elephant} >> {Content:rest}")
        let badPattern = try CommandLineTool.run("parse", "--formats", folder.path)
        #expect(badPattern.status != 0)
        #expect(badPattern.error.contains("\(file.path)' at .patterns[0], byte "))
        try write("till {Till:integer}", rest: #", "colour": 1"#)
        #expect(try CommandLineTool.run("parse", "--formats", folder.path).error.contains("unknown member 'colour'"))
        try Data("{\"name\": \"Shop\",\n \"about\" 3}".utf8).write(to: file)
        #expect(try CommandLineTool.run("parse", "--formats", folder.path).error.contains("shop.json' at "))
        let missing = try CommandLineTool.run("parse", "--formats", "/nowhere")
        #expect(missing.error.contains("cannot read log format '/nowhere'"))
    }
}
