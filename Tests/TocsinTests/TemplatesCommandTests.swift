import ArgumentParser
import Drain
import Foundation
import JSONText
import Testing
import TocsinCore

@testable import tocsin

@Suite struct TemplatesCommandTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    private func log(_ name: String, _ lines: [String]) throws -> String {
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: name))
        return path(name)
    }

    private func run(_ arguments: String...) async throws {
        var command = try #require(try Tocsin.parseAsRoot(["templates"] + arguments) as? any AsyncParsableCommand)
        try await command.run()
    }

    private func tree(_ files: String...) async throws -> DrainTree {
        try await TemplateSource.tree(of: files.map { .file($0) })
    }

    @Test("what is exported is what was mined, and merging gives what mining all gives")
    func exportAndMerge() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let one = try log("one.log", ["disk full on /dev/sda1", "it is quiet"])
        let two = try log("two.log", ["disk full on /dev/sdb1", "fan 3 failed"])
        try await run("export", one, "--to", path("one.state"))
        try await run("export", two, "--to", path("two.state"))
        try await run("merge", path("one.state"), path("two.state"), "--to", path("all.state"))
        let merged = try await tree(path("all.state")).summaries()
        let mined = try await tree(one, two).summaries()
        #expect(merged == mined && merged.map(\.count) == [2, 1, 1])
        try await run("import", path("two.state"), "--to", path("one.state"))
        #expect(try await tree(path("one.state")).summaries() == mined)
        // What is known already changes nothing.
        try await run("import", path("two.state"), "--to", path("one.state"))
        #expect(try await tree(path("one.state")).summaries() == mined)
    }

    @Test("a state that is damaged or not there is refused by name")
    func damaged() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let quiet = try log("one.log", ["it is quiet"])
        try await run("export", quiet, "--to", path("one.state"))
        let bytes = try #require(try SnapshotFile.read(path("one.state")))
        try Data(bytes.dropLast(3)).write(to: folder.appending(path: "cut.state"))
        for name in ["cut.state", "missing.state"] {
            let error = await #expect(throws: StateFile.UnusableError.self) {
                try await run("import", path(name), "--to", path("all.state"))
            }
            #expect("\(error, default: "")".contains(path(name)))
        }
        #expect(!FileManager.default.fileExists(atPath: path("all.state")))
    }

    @Test("templates and differences are shown as a table and as JSON")
    func output() throws {
        var tree = DrainTree(replica: "r")
        for _ in 0..<3 { _ = tree.add("disk \u{1B}[31mfull", seenAt: 1000) }
        _ = tree.add("it is quiet")
        var table = TemplateWriter(.table, width: 120)
        let text = String(decoding: table.text(of: tree.summaries(), limit: 1), as: UTF8.self)
        #expect(text.contains("75.00%") && text.contains("1970-01-01T00:00:01Z"))
        #expect(text.contains("2 templates of 4 messages") && !text.contains("quiet") && !text.contains("\u{1B}"))

        var json = TemplateWriter(.ndjson, width: 120)
        let lines = json.text(of: tree.summaries(), limit: nil).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 2)
        let first = try JSONValue(parsing: Array(lines[0]))
        #expect(first["count"] == .number(3) && first["share"] == .number(0.75))

        var other = DrainTree(replica: "s")
        _ = other.add("it is quiet")
        let comparison = TemplateComparison(before: tree.state, after: other.state)
        var differences = TemplateWriter(.json, width: 120)
        let document = try JSONValue(parsing: differences.text(of: comparison, maxP: 1, limit: nil))
        guard case .array(let rows) = document else {
            Issue.record("no array")
            return
        }
        // Of two templates each says as much as the other: their order is that of their ids.
        #expect(Set(rows.map { $0["change"] }) == [.string(Array("gone".utf8)), .string(Array("grown".utf8))])
    }
}
