import Foundation
import Testing
import TocsinCore

@testable import Training

@Suite struct TextFileTests {
    @Test(
        "quoted fields keep commas and doubled quotes",
        arguments: [
            ("a,b,c", ["a", "b", "c"]),
            (#""a,b",c"#, ["a,b", "c"]),
            (#"1,"say ""go"" now",E2"#, ["1", #"say "go" now"#, "E2"]),
            (",,", ["", "", ""]),
            (#"x,"""#, ["x", ""]),
        ])
    func csv(row: String, fields: [String]) throws {
        let folder = try TemporaryFolder()
        let file = try TextFile(folder.write("table.csv", row + "\r\n"))
        #expect(try file.commaSeparated(0) == fields)
    }

    @Test("a quoted field that does not end is refused with its line number")
    func openQuote() throws {
        let folder = try TemporaryFolder()
        let file = try TextFile(folder.write("table.csv", "a\n\"b,c\n"))
        let error = try #require(throws: DataError.self) { try file.commaSeparated(1) }
        guard case .malformedRow(_, 2, _) = error else { throw error }
    }
}

@Suite struct LabelledDataTests {
    @Test("the corpus is read in the order of its files' names")
    func corpus() throws {
        let folder = try TemporaryFolder()
        try folder.write("b.tsv", "4\tdns\tlookup\tof host timed out\n")
        try folder.write("a.tsv", "0\tcron\tjob done\n6\traid\tdisk lost\n")
        try folder.write("notes.txt", "not a table")
        let lines = try Corpus(directory: folder.path).lines
        #expect(lines.map(\.label) == [.normal, .hardwareIssue, .networkAnomaly])
        #expect(lines.map(\.system) == ["cron", "raid", "dns"])
        #expect(lines[2].line == Array("lookup\tof host timed out".utf8))
    }

    @Test("a row that is no class, system and line is refused", arguments: ["7\tx\ty", "one\tx\ty", "1\tx", ""])
    func malformedCorpus(row: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("a.tsv", row + "\n0\tx\ty\n")
        #expect(throws: DataError.self) { try Corpus(directory: folder.path) }
        #expect(throws: DataError.self) { try Corpus(directory: folder.path + "/nowhere") }
    }

    @Test("a user's file takes labels by index and by name, and leaves out what annotators disagreed on")
    func labelledFile() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "lines.jsonl",
            """
            {"line": "fan 2 stopped", "label": 6}
            {"line": "login refused", "label": "security_anomaly", "system": "door"}
            {"line": "unclear", "label": 0, "agreed": false}

            {"line": "all well", "label": 0, "agreed": true}
            """)
        let lines = try LabelledFile.read(path)
        #expect(lines.map(\.label) == [.hardwareIssue, .securityAnomaly, .normal])
        #expect(lines[1].system == "door")
    }

    @Test("a label that is no class is refused with the names of all", arguments: ["7", "\"fine\"", "null", "1.5"])
    func wrongLabel(label: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("lines.jsonl", "{\"line\": \"x\", \"label\": \(label)}\n")
        #expect(throws: DataError.self) { try LabelledFile.read(path) }
    }

    @Test("LogHub's lines get the label of their event template", .enabled(if: RealData.isPresent, RealData.absence))
    func logHub() throws {
        let logHub = try LogHub(directory: RealData.logHub, labels: RealData.labels)
        #expect(logHub.lines.count == 32_000)
        #expect(logHub.templates.count == 1_363)
        #expect(Set(logHub.templates.map(\.source)).count == 16)
        #expect(logHub.lines.allSatisfy { $0.line.last != UInt8(ascii: "\r") })
    }

    @Test("a source whose lines and rows differ in number is refused")
    func mismatch() throws {
        let folder = try TemporaryFolder()
        let labels = try folder.write(
            "labels.tsv", "source\tevent_id\tclass_index\tclass_name\tconfidence\nAndroid\tE1\t0\tnormal\thigh\n")
        try folder.write("Android_2k.log", "one\ntwo\n")
        try folder.write("Android_2k.log_structured.csv", "LineId,EventId,EventTemplate\n1,E1,one\n")
        let error = try #require(throws: DataError.self) { try LogHub(directory: folder.path, labels: labels) }
        guard case .mismatch = error else { throw error }
    }
}

/// The data sets that the project does not contain.
enum RealData {
    static let directory = ProcessInfo.processInfo.environment["TOCSIN_DATASETS"]
    static let isPresent = directory != nil
    static let absence: Comment =
        "SKIPPED: TOCSIN_DATASETS names no folder with loghub_2k/ (models/fetch-loghub gets it)"
    static let logHub = (directory ?? "") + "/loghub_2k"
    static let models =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/models"
    static let labels = models + "/labels/loghub_2k.tsv"
}
