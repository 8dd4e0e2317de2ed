import Drain
import LogFormats
import Testing
import TocsinCore

@testable import LogParsing

@Suite struct LineParserTests {
    let parser: LineParser

    init() throws {
        parser = LineParser(library: try FormatLibrary.standard(), frozenTree: FrozenTree(typedTexts: []))
    }

    private func parse(_ line: String, as logType: String? = nil) throws -> ParsedLine {
        try parser.parse(ParseBatch(lines: LineBlock([line]), forcedLogType: logType)).lines[0].get()
    }

    @Test(
        "the documented lines have the documented log type and content",
        arguments: [
            (
                "Apr 15 12:34:56 server sshd[1234]: Failed password for admin from 192.168.1.100", "OpenSSH",
                "Failed password for admin from 192.168.1.100"
            ),
            ("2024-04-15,12:00:00,ERROR,DataNode,Connection timeout", "Hadoop", "Connection timeout"),
            (
                "2024-10-10,12:00:00,ERROR,DataNode,Connection timeout after 30s", "Hadoop",
                "Connection timeout after 30s"
            ),
            ("Apr 15 12:34:56 kernel: Out of memory", "Linux", "Out of memory"),
            ("[Mon Apr 15 12:00:05 2024] [error] Disk full", "Apache", "Disk full"),
            ("2024-10-10,ERROR,Service failed to start", "Windows", "Service failed to start"),
        ])
    func documentedLines(line: String, logType: String, content: String) throws {
        let parsed = try parse(line)
        #expect(parsed.logType == logType)
        #expect(parsed.content == content)
    }

    @Test("a line of no format is Unknown and all of it is its content")
    func unknown() throws {
        let parsed = try parse("the quick brown fox")
        #expect(parsed.logType == "Unknown")
        #expect(parsed.content == "the quick brown fox")
        #expect(parsed.formatConfidence == 0)
        #expect(parsed.fields.isEmpty)
    }

    @Test("a forced format that does not fit is a warning on the line")
    func forcedMismatch() throws {
        let parsed = try parse("the quick brown fox", as: "HDFS")
        #expect(parsed.logType == "HDFS")
        #expect(parsed.warnings.count == 1)
        #expect(parsed.content == "the quick brown fox")
        #expect(throws: ParsingError.self) { try parse("x", as: "Elephant") }
        let long = ParsingError.unknownLogType(name: String(repeating: "x", count: 100_000), known: ["HDFS"])
        #expect(long.description.utf8.count < 200)
    }

    @Test("the same line has the same model inputs whatever came before it")
    func modelInputsAreAFunctionOfTheLine() throws {
        let line = "26/02/03 07:15:22 ERROR scheduler.TaskSetManager: Task 4 in stage 2.0 failed 4 times"
        let first = try parse(line)
        for number in 0..<50 { _ = try parse("Task \(number) in stage \(number) went well on host\(number)") }
        let second = try parse(line)
        #expect(first.modelTemplate == second.modelTemplate)
        #expect(first.modelText == second.modelText)
        #expect(first.features == second.features)
    }

    @Test("what fits no frozen template is read by models as its own typed-masked form")
    func modelTemplateOfNewEvent() throws {
        let frozen = FrozenTree(typedTexts: ["peer <IP> left after <DURATION>"])
        let parser = LineParser(library: try FormatLibrary.standard(), frozenTree: frozen)
        let lines: LineBlock = ["peer 192.0.2.7 left after 30s", "peer 192.0.2.7 came back after 30s"]
        let parsed = try parser.parse(ParseBatch(lines: lines)).lines.map { try $0.get() }
        #expect(parsed.map(\.modelTemplate) == ["peer <*> left after <*>", "peer <IP> came back after <DURATION>"])
    }

    @Test("the year and zone that a line leaves out change its time stamp and nothing that a model reads")
    func timestampDefaults() throws {
        let batch = ParseBatch(lines: ["Feb  3 07:15:22 gate sshd[811]: Connection closed by 192.0.2.7"])
        let bare = try parser.parse(batch).lines[0].get()
        let spring = Timestamp.Defaults(referenceSeconds: 1_780_000_000, offset: UTCOffset(minutes: 330))
        let dated = try parser.parse(batch, timestampDefaults: spring).lines[0].get()
        #expect(bare.timestamp == "1970-02-03T07:15:22Z")
        #expect(dated.timestamp == "2026-02-03T07:15:22+05:30")
        #expect(bare.features == dated.features)
        #expect(bare.modelText == dated.modelText)
        #expect(bare.modelTemplate == dated.modelTemplate)
    }

    @Test("lines that are said to be Unknown are taken whole, whatever they look like")
    func forcedUnknown() throws {
        let line = "  Feb  3 07:15:22 gate sshd[811]: Connection closed by 192.0.2.7 "
        let parsed = try parse(line, as: "unknown")
        #expect(parsed.logType == "Unknown")
        #expect(parsed.content == "Feb  3 07:15:22 gate sshd[811]: Connection closed by 192.0.2.7")
        #expect(parsed.fields.isEmpty && parsed.timestamp == nil && parsed.severityNumber == 0)
        #expect(parsed.warnings.isEmpty)
        #expect(try parse("ERROR: a", as: "Unknown").severityNumber == 0)
        #expect(try parse("ERROR: a").severityNumber == 17)
    }

    @Test("lines that are parsed while the live tree takes over other replicas' templates are all counted")
    func merging() async throws {
        let parser = parser
        let words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 0..<200 {
                    let lines = words.map { "\($0) \($0)s \(round % 7 == 0 ? "new\(round)ly" : "over") \($0)ed" }
                    _ = try parser.parse(ParseBatch(lines: LineBlock(lines)))
                }
            }
            group.addTask {
                for round in 0..<20 {
                    var other = DrainTree(replica: "other-\(round)")
                    for word in words { _ = other.add("news of \(word) number \(word)\(word) at \(round)") }
                    parser.mergeIntoLiveTree(Array(other.state.records.values))
                }
            }
            try await group.waitForAll()
        }
        #expect(parser.liveTreeCopy().summaries().reduce(0) { $0 + $1.count } == 200 * 6 + 20 * 6)
    }
}
