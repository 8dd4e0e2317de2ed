import Drain
import LogFormats
import Testing
import TocsinCore

@testable import LogParsing

/// Lines that no program means to write, and what becomes of them.
@Suite struct HostileLineTests {
    let parser: LineParser

    init() throws {
        var configuration = LineParser.Configuration()
        configuration.maxLineBytes = 4096
        parser = LineParser(
            library: try FormatLibrary.standard(), frozenTree: FrozenTree(typedTexts: []), configuration: configuration)
    }

    private func parse(_ lines: [[UInt8]]) throws -> [ParsedLine] {
        var block = LineBlock()
        for line in lines { block.append(line) }
        let parsed = try parser.parse(ParseBatch(lines: block))
        #expect(parsed.lines.count == lines.count)
        return try parsed.lines.map { try $0.get() }
    }

    @Test("a line of 10 MB is cut at the limit and says so")
    func longLine() throws {
        let line =
            Array("Feb  3 07:15:22 gate sshd[811]: ".utf8) + Array(repeating: UInt8(ascii: "x"), count: 10_000_000)
        let parsed = try parse([line])[0]
        #expect(parsed.isTruncated)
        #expect(parsed.warnings.count == 1)
        #expect(parsed.logType == "OpenSSH")
        #expect(parsed.content.utf8.count == 4096 - 32)
    }

    @Test("a cut never falls within a character")
    func cutCharacter() throws {
        for padding in 0..<4 {
            let text = String(repeating: "a", count: 4093 + padding) + "€€€"
            let parsed = try parse([Array(text.utf8)])[0]
            #expect(!parsed.content.contains("\u{FFFD}"))
        }
    }

    @Test("broken UTF-8 is repaired in the strings, and NUL is kept")
    func brokenText() throws {
        let parsed = try parse([Array("ERROR: a".utf8) + [0xFF, 0xC3, 0x00] + Array("b".utf8)])[0]
        #expect(parsed.severityNumber == 17)
        #expect(parsed.content.hasPrefix("a\u{FFFD}"))
        #expect(parsed.content.hasSuffix("\0b"))
    }

    @Test("lines that only read alike do not confuse the template miner: found by fuzzing")
    func lookalikes() throws {
        let tail = [UInt8](repeating: 0x0A, count: 20) + Array("f memory".utf8)
        let parsed = try parse([
            Array("ERROR: o\n".utf8) + [0x93] + tail, Array("ERROR: o\n".utf8) + [0xCD] + tail,
            Array("ERROR: took <NUM> s".utf8), Array("ERROR: took 7 s".utf8), Array("ERROR: took \\x3CNUM> s".utf8),
        ])
        #expect(parsed[0].template.id != parsed[1].template.id)
    }

    @Test("colours, a byte order mark and a carriage return are no part of a line")
    func terminalCodes() throws {
        let parsed = try parse([
            Array("\u{1B}[1;31mERROR\u{1B}[0m: disk \u{1B}]0;title\u{07}full\u{1B}[K\r".utf8),
            Array("\u{FEFF}ERROR: disk full\r\n".utf8), Array("ERROR: disk full \u{1B}".utf8),
            Array("ERROR: disk full\u{1B}[".utf8),
        ])
        for line in parsed {
            #expect(line.content == "disk full")
            #expect(line.severityNumber == 17)
        }
    }

    @Test("what stands around a line changes nothing that a model reads")
    func surroundings() throws {
        let line = "Feb  3 07:15:22 gate sshd[811]: Connection closed by 192.0.2.7"
        let parsed = try parse(["", "\r", "  ", "\r\n", "\u{1B}[0m\n"].map { Array((line + $0).utf8) })
        for other in parsed.dropFirst() {
            #expect(other.features == parsed[0].features)
            #expect(other.modelText == parsed[0].modelText)
        }
    }

    @Test("empty lines are lines of no format")
    func emptyLines() throws {
        for parsed in try parse([[], Array(" \t ".utf8), [0x0D]]) {
            #expect(parsed.logType == "Unknown")
            #expect(parsed.content == "")
            #expect(parsed.features.count == 22)
        }
    }

    @Test("a header row is said to be one")
    func headerRow() throws {
        let parsed = try parse([Array("LineId,Date,Time,Pid,Level,Component,Content,EventId,EventTemplate".utf8)])[0]
        #expect(parsed.logType == "HDFS")
        #expect(parsed.warnings.count == 1)
    }

    @Test("calls from many threads at once give what one thread gives")
    func concurrency() async throws {
        let lines = LineBlock(
            (0..<500).map { "Feb  3 07:15:22 gate sshd[\($0)]: Failed password for root from 192.0.2.\($0 % 250)" })
        let parser = parser
        let expected = try parser.parse(ParseBatch(lines: lines)).lines.map { try $0.get().modelText }
        try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<8 {
                group.addTask { try parser.parse(ParseBatch(lines: lines)).lines.map { try $0.get().modelText } }
            }
            for try await texts in group { #expect(texts == expected) }
        }
    }
}
