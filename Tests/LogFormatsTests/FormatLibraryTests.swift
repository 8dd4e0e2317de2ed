import Foundation
import Testing

@testable import LogFormats

@Suite struct FormatLibraryTests {
    /// Calls `body` with a folder that holds the given files, and removes it.
    private func withFolder<Result>(_ files: [String: String], _ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        return try body(folder)
    }

    private func format(_ name: String, pattern: String, extra: String = "") -> String {
        """
        {"name": "\(name)", "about": "test", "patterns": ["\(pattern)"], "columns": ["Time", "Content"]\(extra),
         "samples": [{"line": "x"}]}
        """
    }

    private func logType(_ line: String, _ library: FormatLibrary, forcing: Int? = nil) -> (String, String) {
        let matcher = LineMatcher(library: library)
        return Array(line.utf8).withUnsafeBufferPointer {
            matcher.match($0, forcing: forcing)
            return (matcher.logType, String(decoding: matcher.contentBytes, as: UTF8.self))
        }
    }

    @Test("a file dropped in a folder adds a format")
    func userFormat() throws {
        try withFolder(["mine.json": format("Elevator", pattern: "@@{Time:clock}@@ {Content:rest}")]) { folder in
            let library = try FormatLibrary.standard(adding: [folder])
            #expect(logType("@@07:15:22@@ door 3 stuck", library) == ("Elevator", "door 3 stuck"))
        }
    }

    @Test("a user's file replaces the format of the same log type")
    func replacement() throws {
        try withFolder(["klog.json": format("Klog", pattern: "KL {Time:clock} {Content:rest}")]) { folder in
            let library = try FormatLibrary.standard(adding: [folder])
            #expect(logType("KL 07:15:22 hello", library) == ("Klog", "hello"))
            #expect(logType("I0203 07:15:22.120331 811 a.go:8] hello", library).0 == "Unknown")
        }
    }

    @Test(
        "a broken file is an error that names the file and the place",
        arguments: [
            ("{", "bad.json"),
            ("{\"name\": \"A\", \"about\": \"t\", \"samples\": [], \"patern\": []}", "unknown member 'patern'"),
            ("{\"name\": \"A\", \"samples\": []}", "'about' is missing"),
            (
                "{\"name\": \"A\", \"about\": \"t\", \"columns\": [\"B\"], \"patterns\": [\"{B:wrd}\"], \"samples\": []}",
                "no kind 'wrd'"
            ),
            (
                "{\"name\": \"A\", \"about\": \"t\", \"columns\": [\"B\"], \"patterns\": [\"{B:word\"], \"samples\": []}",
                ".patterns[0]"
            ),
            (
                "{\"name\": \"A\", \"about\": \"t\", \"columns\": [\"B\"], \"patterns\": [\"x{C:word}\"], \"samples\": []}",
                "'C' is not among"
            ),
            (
                "{\"name\": \"A\", \"about\": \"t\", \"columns\": [\"B\"], \"patterns\": [\"x(y\"], \"samples\": []}",
                "byte 1"
            ),
            (
                "{\"name\": \"A\", \"about\": \"t\", \"columns\": [\"B\"], \"patterns\": [\"{:@s}\"], \"samples\": []}",
                "no set 's'"
            ),
            ("{\"name\": \"A\", \"about\": \"t\", \"samples\": []}", "there is no pattern"),
            ("{\"name\": \"Unknown\", \"about\": \"t\", \"samples\": []}", "cannot be a log type"),
        ])
    func brokenFile(text: String, expected: String) throws {
        try withFolder(["bad.json": text]) { folder in
            do {
                _ = try FormatLibrary(directories: [folder])
                Issue.record("the file was accepted")
            } catch let error as FormatError {
                #expect(error.description.contains("bad.json"))
                #expect(error.description.contains(expected), "\(error)")
            }
        }
    }

    @Test("a folder that is not there is an error")
    func missingFolder() {
        #expect(throws: FormatError.self) { try FormatLibrary(directories: [URL(fileURLWithPath: "/no/such/folder")]) }
    }

    @Test("a header row is recognised as one")
    func headerRow() throws {
        let matcher = LineMatcher(library: try FormatLibrary.standard())
        for line in [
            "LineId,Date,Day,Time,Component,Pid,Content,EventId,EventTemplate", "Date,Day,Time,Component,Pid,Content",
        ] {
            Array(line.utf8).withUnsafeBufferPointer { matcher.match($0) }
            #expect(matcher.logType == "OpenSSH")
            #expect(matcher.isHeaderRow)
        }
    }

    @Test(
        "hostile lines end in an answer, soon",
        arguments: [
            "", " \t ", "\0", "\0\0\0 a", "\"", ",", ",,,,", "\"\"\"", "{", "{\"", "{\"message\":",
            "{\"a\":{\"b\":{\"c\":[[[[",
            "[", "<", "<999999999999>", "<1>", "a=", "a=\"", "a=\"\\", "Jan", "Jan  1 00:00:00", "Jan  1 00:00:00 h",
            "2024-04-15", "2024-04-15T12:34:56", "2024-04-15 12:34:56,", "99/99/99 99:99:99 INFO a: b", "\u{1B}[31m",
        ])
    func hostileLines(line: String) throws {
        let library = try FormatLibrary.standard()
        _ = logType(line, library)
        for index in library.formats.indices {
            #expect(logType(line, library, forcing: index).0 == library.formats[index].name)
        }
    }

    @Test(
        "a line made to defeat the matcher is given up in time", .timeLimit(.minutes(1)),
        arguments: [
            ":", "[", " a: ", "a ", "[x]: ", ",", "\",\"", "1,", "a=b ", "{\"a\":", "\\u", " - ",
        ])
    func longLines(unit: String) throws {
        let library = try FormatLibrary.standard()
        let body = String(repeating: unit, count: 2_000_000 / unit.utf8.count)
        for head in [
            "", "Feb  3 07:15:22 host ", "2026-02-03 07:15:22,120 INFO [", "{\"message\":\"",
            "- 1136073600 2006.01.01 ",
        ] {
            _ = logType(head + body, library)
        }
    }

    @Test("random bytes never break the matcher")
    func randomBytes() throws {
        var random = SeededRandom(state: 11)
        let matcher = LineMatcher(library: try FormatLibrary.standard())
        let pieces = matcher.library.formats.flatMap(\.samples).map { Array($0.line.utf8) }
        for _ in 0..<20_000 {
            var line = pieces[Int(random.next() % UInt64(pieces.count))]
            for _ in 0..<random.next() % 6 where !line.isEmpty {
                let position = Int(random.next() % UInt64(line.count))
                switch random.next() % 3 {
                case 0: line[position] = UInt8(truncatingIfNeeded: random.next())
                case 1: line.removeSubrange(position...)
                default: line.insert(UInt8(truncatingIfNeeded: random.next()), at: position)
                }
            }
            line.withUnsafeBufferPointer { bytes in
                matcher.match(bytes)
                #expect(matcher.contentBytes.count <= 2 * bytes.count + 2)
                _ = matcher.timestamp?.rfc3339()
                #expect((0...24).contains(matcher.severityNumber))
            }
        }
    }
}
