import EdgeClient
import Foundation
import Pipeline
import ServiceKit
import Synchronization
import Testing
import TierDoubles
import TocsinCore

@testable import Edge

/// An edge as its own client sees it, over real sockets.
@Suite("The edge's client", .serialized, .timeLimit(.minutes(2)))
struct EdgeAnalyzerTests {
    private struct Outcome {
        var analysis: Analysis
        var lines: [[UInt8]] = []
        var results: [ItemResult<LineAnalysis>] = []
    }

    private static func client(_ port: Int, key: String? = nil) throws -> EdgeClient {
        try EdgeClient(try #require(EdgeAddress("http://127.0.0.1:\(port)/")), key: key)
    }

    /// Analyses the records in blocks of at most `blockCount`.
    private static func analyze(
        _ records: [[UInt8]], by analyzer: some RecordAnalyzing, _ request: AnalysisRequest = AnalysisRequest(),
        blockCount: Int = 1000
    ) async throws -> Outcome {
        let next = Mutex(0)
        var lines: [[UInt8]] = []
        var results: [ItemResult<LineAnalysis>] = []
        let analysis = try await analyzer.analyze(
            request,
            reading: {
                next.withLock { next in
                    guard next < records.count else { return nil }
                    var block = LineBlock()
                    for record in records[next...].prefix(blockCount) { block.append(record) }
                    next += block.count
                    return block
                }
            }
        ) { chunk in
            #expect(chunk.firstLine == lines.count + 1)
            lines += chunk.lines.map { Array($0) }
            results += chunk.results
        }
        return Outcome(analysis: analysis, lines: lines, results: results)
    }

    @Test("its verdicts are those of the same tiers in process, for hostile records too")
    func verdicts() async throws {
        let bench = EdgeBench()
        let records: [[UInt8]] =
            ["sshd: hello", "bad", "two\nlines", "", "quote \" and \\ and \u{0}", "unembeddable", "ü 🚨"].map {
                Array($0.utf8)
            } + [[0x61, 0xFF, 0x62], Array(repeating: 0x78, count: 101)]
        let local = try await Self.analyze(records, by: bench.router.analyzer)
        try await HTTPListenerTests.listen(bench) { port in
            let remote = try await Self.analyze(records, by: EdgeAnalyzer(try Self.client(port)))
            #expect(remote.lines == records)
            #expect(remote.results.count == records.count)
            for (there, here) in zip(remote.results, local.results) {
                #expect((try? there.get().prediction) == (try? here.get().prediction))
                #expect((try? there.get().parsed.content) == (try? here.get().parsed.content))
                #expect((try? there.get().parsed.template.id) == (try? here.get().parsed.template.id))
                #expect((try? there.get().parsed.isTruncated) == (try? here.get().parsed.isTruncated))
            }
            #expect(remote.analysis.summary == local.analysis.summary)
            #expect(remote.analysis.model.name == local.analysis.model.name)
            #expect(remote.analysis.work.lines == records.count)
        }
    }

    @Test("many records come back whole and in order, whatever pieces they travel in", arguments: [1, 7, 5000])
    func many(blockCount: Int) async throws {
        let records = (0..<5000).map { Array("record \($0) with some text".utf8) }
        try await HTTPListenerTests.listen(EdgeBench()) { port in
            let outcome = try await Self.analyze(
                records, by: EdgeAnalyzer(try Self.client(port)), blockCount: blockCount)
            #expect(outcome.lines == records)
            let contents = outcome.results.map { try? $0.get().parsed.content }
            #expect(contents == records.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    @Test("nothing to judge is no error")
    func empty() async throws {
        try await HTTPListenerTests.listen(EdgeBench()) { port in
            let outcome = try await Self.analyze([], by: EdgeAnalyzer(try Self.client(port)))
            #expect(outcome.analysis.work.lines == 0)
            #expect(outcome.analysis.model.name == "ml")
        }
    }

    @Test("a model and a log type that are not there are refused with the reason")
    func refusals() async throws {
        let records = [Array("x".utf8)]
        try await HTTPListenerTests.listen(EdgeBench()) { port in
            let analyzer = EdgeAnalyzer(try Self.client(port))
            await #expect(throws: AnalysisError.self) {
                try await Self.analyze(records, by: analyzer, AnalysisRequest(model: "nope"))
            }
            let typed = try await Self.analyze(records, by: analyzer, AnalysisRequest(forcedLogType: "HDFS"))
            #expect(try typed.results[0].get().parsed.logType == "HDFS")
        }
    }

    @Test("an edge that asks for keys says so, and takes the right one")
    func keys() async throws {
        let file = KeyFile(
            path: FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString).json").path)
        defer { try? FileManager.default.removeItem(atPath: file.path) }
        let made = APIKey.make(
            name: "test", scopes: [.analyze, .read], requestsPerMinute: 600, now: .now, expires: nil)
        try file.write([made.key])
        let ring = try KeyRing(file, logger: HTTPListenerTests.quiet)
        try await HTTPListenerTests.listen(EdgeBench(access: AccessControl(keys: ring))) { port in
            let error = await #expect(throws: EdgeClientError.self) {
                try await Self.analyze([[0x78]], by: EdgeAnalyzer(try Self.client(port)))
            }
            #expect(error?.description.contains("--key") == true)
            let outcome = try await Self.analyze([[0x78]], by: EdgeAnalyzer(try Self.client(port, key: made.text)))
            #expect(outcome.results.count == 1)
        }
    }

    @Test("where nothing listens the error names the address")
    func nothing() async throws {
        let error = await #expect(throws: EdgeClientError.self) {
            try await Self.analyze([[0x78]], by: EdgeAnalyzer(try Self.client(1)))
        }
        #expect(error == .unreachable(address: "http://127.0.0.1:1", reason: "Connection refused"))
    }

    @Test(
        "an address is a URL of http or https with no more than a host, a port and a path",
        arguments: [
            ("http://localhost:5000", "http://localhost:5000"),
            ("https://logs.example.org", "https://logs.example.org:443"),
            ("HTTP://[::1]:8080/tocsin/", "http://[::1]:8080/tocsin"), ("localhost:5000", nil), ("ftp://a", nil),
            ("http://", nil), ("http://a?x=1", nil), ("http://user@a", nil), ("http://a:99999", nil),
        ] as [(String, String?)])
    func addresses(text: String, expected: String?) {
        #expect(EdgeAddress(text)?.description == expected)
    }
}
