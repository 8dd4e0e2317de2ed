import Foundation
import JSONText
import Testing

@testable import tocsin

/// With the trained models and the encoder, which deploy/up fetches.
@Suite(
    .enabled(
        if: (try? CommandLineTool.run("analyze", "-").status) == 0,
        "SKIPPED: no models or no encoder; models/fetch-encoder fetches it"))
struct AnalyzeCommandTests {
    @Test("several files are analysed in one run: rows name theirs, lines are numbered in each, one sum is made of all")
    func files() throws {
        let one = try TemporaryFile("ERROR: one\n  because of this\nERROR: two\n")
        let two = try TemporaryFile("INFO: three\n")
        let outcome = try CommandLineTool.run(
            "analyze", one.path, "/nowhere", "-", two.path, "-o", "json", input: Array("INFO: piped\n".utf8))
        #expect(outcome.status == 1)
        #expect(outcome.error == "Error: cannot read '/nowhere': No such file or directory\n")
        let document = try JSONValue(parsing: outcome.output)
        guard case .array(let rows)? = document["logs"] else {
            Issue.record("no rows in \(outcome.text)")
            return
        }
        let files = [one.path, one.path, "-", two.path].map { JSONValue.string(Array($0.utf8)) }
        #expect(rows.map { $0["file"] } == files)
        #expect(rows.map { $0["line"] } == [1, 3, 1, 1].map { .number($0) })
        #expect(rows[0]["lines"] == .array([.number(1), .number(2)]))
        #expect(document["total_logs"] == .number(4))
    }

    @Test("where no file can be read there is nothing but the reason")
    func unreadable() throws {
        let outcome = try CommandLineTool.run("analyze", "/nowhere", "-o", "csv")
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        let binary = try TemporaryFile([0x7F] + Array("ELF\u{2}\u{1}".utf8))
        let refused = try CommandLineTool.run("analyze", binary.path)
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.error.contains("is an ELF program"))
    }

    @Test("a class to fail on is looked for in all files")
    func failOn() throws {
        let quiet = try TemporaryFile("INFO: it is quiet\n")
        let loud = try TemporaryFile(
            "Feb  3 07:15:22 gate sshd[811]: Failed password for root from 192.0.2.7 port 4 ssh2\n")
        #expect(
            try CommandLineTool.run("analyze", loud.path, quiet.path, "--fail-on", "security_anomaly").status == 3)
        #expect(try CommandLineTool.run("analyze", quiet.path, "--fail-on", "security_anomaly").status == 0)
    }
}
