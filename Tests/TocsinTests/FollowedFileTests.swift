import Foundation
import Testing
import TocsinCore

@testable import tocsin

@Suite struct FollowedFileTests {
    /// What a followed file gives until nothing more comes.
    func read(_ file: FollowedFile) throws -> String {
        var bytes: [UInt8] = []
        while case .bytes(let more) = try file.read(waiting: .milliseconds(150)) { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }

    func append(_ text: String, to path: String) throws {
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    @Test(
        "it begins with the last ten lines, and knows how many come before them",
        arguments: [(0, 0), (1, 0), (10, 0), (11, 1), (30, 20)])
    func lastLines(count: Int, skipped: Int) throws {
        for end in ["\n", ""] where count > 0 || end.isEmpty {
            let lines = (0..<count).map { "line \($0)" }
            let file = try TemporaryFile(lines.joined(separator: "\n") + end)
            let followed = try FollowedFile(path: file.path, until: Interruption())
            #expect(followed.skippedLines == skipped)
            #expect(try read(followed) == lines.dropFirst(skipped).joined(separator: "\n") + end)
        }
    }

    @Test("what is appended comes")
    func growth() throws {
        let file = try TemporaryFile("one\n")
        let followed = try FollowedFile(path: file.path, until: Interruption())
        #expect(try read(followed) == "one\n")
        try append("two\nthr", to: file.path)
        #expect(try read(followed) == "two\nthr")
        try append("ee\n", to: file.path)
        #expect(try read(followed) == "ee\n")
    }

    @Test("a file that is rotated is read to its end, then its successor from the begin; an open line ends between")
    func rotation() throws {
        let file = try TemporaryFile("one\n")
        let followed = try FollowedFile(path: file.path, until: Interruption())
        #expect(try read(followed) == "one\n")
        try append("last, without end", to: file.path)
        try FileManager.default.moveItem(atPath: file.path, toPath: file.path + ".1")
        defer { try? FileManager.default.removeItem(atPath: file.path + ".1") }
        #expect(try read(followed) == "last, without end")  // its successor is not there yet
        try Data("new\n".utf8).write(to: URL(filePath: file.path))
        #expect(try read(followed) == "\nnew\n")
    }

    @Test("a file that is cut is read from its begin")
    func truncation() throws {
        let file = try TemporaryFile("a long first line\n")
        let followed = try FollowedFile(path: file.path, until: Interruption())
        #expect(try read(followed) == "a long first line\n")
        try #require(FileHandle(forWritingAtPath: file.path)).truncate(atOffset: 0)
        try append("short\n", to: file.path)
        #expect(try read(followed) == "short\n")
    }

    @Test("what is no file cannot be followed")
    func others() throws {
        #expect(throws: InputError.endless(name: "'/dev/null'")) {
            try FollowedFile(path: "/dev/null", until: Interruption())
        }
        #expect(throws: InputError.unreadable(name: "'/dev/null/log'", errno: ENOTDIR)) {
            try FollowedFile(path: "/dev/null/log", until: Interruption())
        }
    }

    @Test("a file that is not there yet is read from its begin once it is")
    func later() throws {
        let file = try TemporaryFile("")
        try FileManager.default.removeItem(atPath: file.path)
        let followed = try FollowedFile(path: file.path, until: Interruption())
        #expect(followed.modified == nil)
        #expect(try followed.read(waiting: .milliseconds(10)) == .nothingYet)
        try Data("first\nsecond\n".utf8).write(to: URL(filePath: file.path))
        #expect(try read(followed) == "first\nsecond\n")
        #expect(followed.modified != nil && followed.skippedLines == 0)
    }

    @Test("records of a followed file have the numbers of their lines in it")
    func numbers() async throws {
        let file = try TemporaryFile((1...25).map { "line \($0)\n" }.joined())
        var options = RecordReader.Options()
        options.interruption = Interruption()
        let reader = try RecordReader(path: file.path, options: options)
        let block = try #require(try await reader.next())
        #expect(block.places.map(\.lines.lowerBound) == Array(16...25))
        #expect(reader.size == nil)
    }
}
