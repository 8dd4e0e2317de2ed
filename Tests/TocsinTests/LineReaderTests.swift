import Foundation
import Testing
import TocsinCore

@testable import tocsin

@Suite struct LineReaderTests {
    /// All lines that a file with these bytes is read as.
    func lines(of bytes: [UInt8]) async throws -> [[UInt8]] {
        let path = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)").path
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let reader = try LineReader(path: path)
        #expect(reader.size == bytes.count)
        var lines: [[UInt8]] = []
        while let block = try await reader.next() { lines += block.map { Array($0) } }
        #expect(await reader.position == bytes.count)
        return lines
    }

    @Test(
        "lines end at LF or CR LF, and the last one need not end",
        arguments: [
            ("", []),
            ("one", ["one"]),
            ("one\n", ["one"]),
            ("one\r\ntwo\nthree", ["one", "two", "three"]),
            ("\n\nx\n", ["", "", "x"]),
            ("a\rb\n", ["a\rb"]),
        ] as [(String, [String])])
    func ends(text: String, expected: [String]) async throws {
        #expect(try await lines(of: Array(text.utf8)) == expected.map { Array($0.utf8) })
    }

    @Test("NUL and bytes that are not UTF-8 come through as they are")
    func brokenText() async throws {
        #expect(try await lines(of: [0x61, 0x00, 0xFF, 0x0A, 0xC3]) == [[0x61, 0x00, 0xFF], [0xC3]])
    }

    @Test("a file larger than a block is read whole, wherever its lines are cut")
    func blocks() async throws {
        let expected = (0..<200_000).map { Array("line number \($0 * 7919)".utf8) }
        #expect(try await lines(of: Array(expected.joined(separator: [0x0A]))) == expected)
    }

    @Test("of a line longer than the limit the start is kept, and the next line is whole")
    func longLine() async throws {
        let long = [UInt8](repeating: 0x78, count: 10_000_000)
        let lines = try await lines(of: long + [0x0A] + Array("next".utf8))
        #expect(lines.map(\.count) == [LineReader.maxLineBytes, 4])
    }

    @Test("a file that is not there is named")
    func missing() {
        let error = #expect(throws: InputError.self) { try LineReader(path: "/nowhere/at all") }
        #expect(error?.description == "cannot read '/nowhere/at all': No such file or directory")
    }

    @Test("a folder is no file of lines")
    func folder() async throws {
        let reader = try LineReader(path: "/")
        await #expect(throws: InputError.self) { _ = try await reader.next() }
    }
}
