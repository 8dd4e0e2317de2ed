import Foundation
import LogParsing
import TestCompression
import TestTraces
import Testing
import TocsinCore

@testable import tocsin

@Suite struct RecordReaderTests {
    /// Everything that an input gives: its records, their lines, and the error at its end.
    struct Reading {
        var records: [[UInt8]] = []
        var places: [RecordPlace] = []
        var error: InputError?

        var lines: [ClosedRange<Int>] { places.map(\.lines) }
        var texts: [String] { records.map { String(decoding: $0, as: UTF8.self) } }
    }

    func read(_ bytes: [UInt8], _ change: (inout RecordReader.Options) -> Void = { _ in }) async throws -> Reading {
        let file = try TemporaryFile(bytes)
        var options = RecordReader.Options()
        change(&options)
        let reader = try RecordReader(path: file.path, options: options)
        #expect(reader.size == bytes.count)
        var reading = Reading()
        do throws(InputError) {
            while let block = try await reader.next() {
                #expect(!block.places.isEmpty)
                #expect(block.places.count == block.records.count)
                reading.records += block.records.map { Array($0) }
                reading.places += block.places
            }
            #expect(reader.position == bytes.count)
        } catch {
            reading.error = error
        }
        return reading
    }

    @Test(
        "lines end at LF or CR LF, and the last one need not end",
        arguments: [
            ("", []), ("one", ["one"]), ("one\n", ["one"]), ("one\r\ntwo\nthree", ["one", "two", "three"]),
            ("\n\nx\n", ["", "", "x"]), ("a\rb\n", ["a\rb"]), ("\r", [""]),
        ] as [(String, [String])])
    func ends(text: String, expected: [String]) async throws {
        let reading = try await read(Array(text.utf8))
        #expect(reading.texts == expected)
        #expect(reading.lines == expected.indices.map { $0 + 1...$0 + 1 })
    }

    @Test("NUL and bytes that are not UTF-8 come through as they are")
    func brokenText() async throws {
        #expect(try await read([0x61, 0x00, 0xFF, 0x0A, 0xC3]).records == [[0x61, 0x00, 0xFF], [0xC3]])
    }

    @Test("a file larger than a block is read whole, wherever its lines are cut")
    func blocks() async throws {
        let expected = (0..<200_000).map { Array("line number \($0 * 7919)".utf8) }
        #expect(try await read(Array(expected.joined(separator: [0x0A]))).records == expected)
    }

    @Test("of a line longer than the limit the start is kept, and the next line is whole")
    func longLine() async throws {
        let long = [UInt8](repeating: 0x78, count: 10_000_000)
        for end in ["\n", "\r\n"] {
            let reading = try await read(long + Array(end.utf8) + Array("next".utf8))
            #expect(reading.records.map(\.count) == [LineCutter.maxLineBytes, 4])
        }
        let exact = [UInt8](repeating: 0x78, count: LineCutter.maxLineBytes)
        #expect(try await read(exact + [0x0D, 0x0A]).records == [exact])
    }

    @Test("a file that is not there is named, and so is a folder")
    func missing() {
        let missing = #expect(throws: InputError.self) { try RecordReader(path: "/nowhere/at all") }
        #expect(missing?.description == "cannot read '/nowhere/at all': No such file or directory")
        let folder = #expect(throws: InputError.self) { try RecordReader(path: "/") }
        #expect(folder == .folder(name: "'/'"))
    }

    // MARK: Compressed

    @Test("compressed files are read by what they hold, members and all")
    func compressed() async throws {
        for compress in [Compressed.gzip, Compressed.zstd, Compressed.xz] {
            let bytes = compress(Array("one\ntw".utf8)) + compress(Array("o\nthree".utf8))
            #expect(try await read(bytes).texts == ["one", "two", "three"])
        }
        #expect(try await read([0x1F]).records == [[0x1F]])
    }

    @Test("of damaged compressed data the readable lines come first, then the file and the place are named")
    func damaged() async throws {
        let whole = Compressed.gzip(Array("one\ntwo\n".utf8))
        let cut = try await read(whole + Compressed.gzip(Array("three\n".utf8)).dropLast(8))
        #expect(cut.texts.prefix(2) == ["one", "two"])
        let message =
            "the gzip data is cut off: it ends at byte \(whole.count + 18), within a stream; what came before was read"
        #expect(cut.error?.description.hasSuffix(message) == true)
    }

    @Test("a bomb of a gigabyte without a line end is one line, cut at the limit")
    func bomb() async throws {
        let member = Compressed.zstd([UInt8](repeating: 0x78, count: 16 << 20))
        let reading = try await read(Array(repeatElement(member, count: 64).joined()))
        #expect(reading.records.map(\.count) == [LineCutter.maxLineBytes])
    }

    // MARK: Encodings

    @Test("UTF-16 is read as text, with a byte order mark or without", arguments: [true, false], [true, false])
    func utf16(isBigEndian: Bool, hasMark: Bool) async throws {
        let text = "Feb  3 07:15:22 gate sshd[811]: première connexion à 😀\r\nsecond line, long enough to be seen\r\n"
        let units = (hasMark ? [0xFEFF] : []) + Array(text.utf16)
        let bytes = units.flatMap {
            isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)]
        }
        let expected = [
            "Feb  3 07:15:22 gate sshd[811]: première connexion à 😀", "second line, long enough to be seen",
        ]
        #expect(try await read(bytes).texts == expected)
        #expect(try await read(Compressed.gzip(bytes)).texts == expected)
    }

    @Test("what is no character in UTF-16 is replaced")
    func brokenUTF16() async throws {
        let lone: [UInt8] = [0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8, 0x62, 0x00, 0x00, 0xDC, 0x0A, 0x00, 0x3D, 0xD8, 0x00]
        #expect(try await read(lone).texts == ["a\u{FFFD}b\u{FFFD}", "\u{FFFD}"])
    }

    @Test("a byte order mark of UTF-8 is no part of the first line")
    func byteOrderMark() async throws {
        #expect(try await read(Array("\u{FEFF}one\ntwo".utf8)).texts == ["one", "two"])
    }

    // MARK: Binary

    @Test("a binary file is refused by what it is, and read where the user insists")
    func binary() async throws {
        let program = [0x7F] + Array("ELF".utf8) + [2, 1, 1, 0]
        let refused = try await read(program)
        #expect(refused.records.isEmpty)
        #expect(refused.error?.description.contains("is an ELF program, expected log lines") == true)
        #expect(try await read(program) { $0.acceptsBinary = true }.records == [program])
        let random = (0..<4096).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7) }
        #expect(try await read(random).error?.description.contains("is binary data") == true)
        let archive = Compressed.gzip([UInt8](repeating: 0x61, count: 257) + Array("ustar  ".utf8))
        #expect(try await read(archive).error?.description.contains("is a tar archive") == true)
    }

    @Test("colours, a few NULs and other alphabets do not make a file binary")
    func hardlyBinary() async throws {
        let line = "\u{1B}[31mОшибка\u{1B}[0m: диск\0 переполнен\u{07}\n"
        #expect(try await read(Array(String(repeating: line, count: 200).utf8)).records.count == 200)
        let latin = Array(
            "Verbindung zurückgewiesen für Nutzer J\n".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
        #expect(try await read(latin).records == [latin.dropLast()])
    }

    // MARK: Joined records

    static let trace = """
        2026-02-03 07:15:22,120 ERROR [main] shop.Cart: checkout failed
        java.lang.IllegalStateException: cart 12 is closed
        \tat shop.Cart.pay(Cart.java:41)
        2026-02-03 07:15:23,001 INFO [main] shop.Cart: ready

        """

    @Test("joined records say which lines they hold")
    func joined() async throws {
        let reading = try await read(Array(Self.trace.utf8)) { $0.joinsLines = true }
        #expect(reading.lines == [1...3, 4...4])
        #expect(reading.texts[0].hasSuffix("closed\n\tat shop.Cart.pay(Cart.java:41)"))
        #expect(try await read(Array(Self.trace.utf8)).lines == [1...1, 2...2, 3...3, 4...4])
    }

    @Test("a trace longer than the limit comes in parts that say which they are", arguments: LongTrace.allCases)
    func longTrace(trace: LongTrace) async throws {
        let text = (trace.lines(5000) + [LongTrace.next]).joined(separator: "\n")
        let reading = try await read(Array(text.utf8)) {
            $0.joinsLines = true
            $0.limits.maxLines = 300
        }
        #expect(reading.places.map(\.part) == (1...17).map { $0 } + [nil])
        #expect(reading.lines.last == 5001...5001)
        #expect(reading.texts.joined(separator: "\n") == text)
    }

    @Test("a trace that comes slowly in a stream is cut by time and by its lines", arguments: LongTrace.allCases)
    func slowTrace(trace: LongTrace) async throws {
        try await withStream(patience: .milliseconds(50)) { reader, send in
            let lines = trace.lines(500) + [LongTrace.next, LongTrace.next]
            func text(_ range: Range<Int>) -> String { lines[range].joined(separator: "\n") + "\n" }
            send(text(0..<100))
            #expect(try await places(reader) == [RecordPlace(lines: 1...100)])
            send(text(100..<350))
            #expect(try await places(reader) == [RecordPlace(lines: 101...300, part: 2)])
            send(text(350..<502))
            var places: [RecordPlace] = []
            while places.count < 3 { places += try await self.places(reader) }
            #expect(
                places == [
                    RecordPlace(lines: 301...500, part: 3), RecordPlace(line: 501), RecordPlace(line: 502),
                ])
        } options: {
            $0.limits.maxLines = 200
        }
    }

    @Test("a stream gives a record away when no more of its lines came for a while")
    func patience() async throws {
        try await withStream(patience: .milliseconds(100)) { reader, send in
            send("ERROR: failed\n  because of this\n")
            let first = try await places(reader)
            #expect(first.map(\.lines) == [1...2])
            send("ERROR: again\n")
            let second = try await places(reader)
            #expect(second.map(\.lines) == [3...3])
        }
        // Lines that come one by one, but in time, are joined.
        try await withStream(patience: .seconds(60)) { reader, send in
            send("ERROR: failed\n")
            let record = Task { try await places(reader) }
            try await Task.sleep(for: .milliseconds(20))
            send("  because of this\nINFO: next\n")
            #expect(try await record.value.map(\.lines) == [1...2])
        }
    }

    /// Where the records stood that come next.
    private func places(_ reader: RecordReader) async throws -> [RecordPlace] {
        try #require(await reader.next()).places
    }

    /// Lends a reader of joined records in a stream, and what sends text to it.
    private func withStream(
        patience: Duration, _ body: (RecordReader, (String) -> Void) async throws -> Void,
        options change: (inout RecordReader.Options) -> Void = { _ in }
    ) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)").path
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        // Both ends, so that opening does not wait and the reader sees no end.
        let writer = open(path, O_RDWR)
        defer { close(writer) }
        var options = RecordReader.Options()
        options.joinsLines = true
        options.patience = patience
        change(&options)
        let reader = try RecordReader(path: path, options: options)
        #expect(reader.size == nil)
        try await body(reader) { text in
            #expect(write(writer, text, text.utf8.count) == text.utf8.count)
        }
    }
}
