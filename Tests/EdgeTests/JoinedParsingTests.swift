import Pipeline
import Synchronization
import Testing
import TierDoubles
import TocsinCore

@testable import Edge

@Suite struct JoinedParsingTests {
    private static func contents(_ batch: ParsedBatch) throws -> [String] {
        try batch.lines.map { try $0.get().content }
    }

    @Test("batches that wait at the same time go out in few calls, and each gets the results of its own lines")
    func joined() async throws {
        let parser = RecordingParser(onParse: { try await Task.sleep(for: .milliseconds(20)) })
        let tier = JoinedParsing(parser)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for number in 0..<100 {
                tasks.addTask {
                    let lines = (0...number % 3).map { "line \($0) of \(number)" }
                    let parsed = try await tier.parse(ParseBatch(lines: LineBlock(lines)))
                    #expect(try Self.contents(parsed) == lines)
                }
            }
            try await tasks.waitForAll()
        }
        #expect(parser.batches.count < 30)
        #expect(parser.batches.allSatisfy { $0.lines.count <= JoinedParsing.maxLines })
        #expect(parser.batches.reduce(0) { $0 + $1.lines.count } == 199)
    }

    @Test("where a joined call fails, each of its batches is parsed by a call of its own")
    func failing() async throws {
        let calls = Mutex(0)
        let parser = RecordingParser(onParse: {
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            try await Task.sleep(for: .milliseconds(20))
            // The first calls hold the others up; the one after them is the first joined one.
            if call == JoinedParsing.maxCalls + 1 { throw TierError.unavailable(tier: "parser", reason: "gone") }
        })
        let tier = JoinedParsing(parser)
        let failures = await withTaskGroup(of: Bool.self) { tasks in
            for number in 0..<40 {
                tasks.addTask { (try? await tier.parse(ParseBatch(lines: ["\(number)"]))) == nil }
            }
            return await tasks.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures <= 1, "only the batch that led the call fails with it")
        #expect(try await tier.parse(ParseBatch(lines: ["after"])).lines.count == 1)
    }

    @Test("who is cancelled waits no longer, though the calls before it hang")
    func cancelled() async throws {
        let parser = RecordingParser(onParse: { try await Task.sleep(for: .seconds(60)) })
        let tier = JoinedParsing(parser)
        let hanging = (0..<JoinedParsing.maxCalls).map { number in
            Task { try await tier.parse(ParseBatch(lines: ["\(number)"])) }
        }
        while parser.batches.count < JoinedParsing.maxCalls { try await Task.sleep(for: .milliseconds(5)) }
        let waiting = Task { try await tier.parse(ParseBatch(lines: ["waits"])) }
        try await Task.sleep(for: .milliseconds(50))
        let start = ContinuousClock.now
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(ContinuousClock.now - start < .seconds(5))
        for call in hanging { call.cancel() }
        for call in hanging { _ = await call.result }
        #expect(parser.batches.count == JoinedParsing.maxCalls, "what was cancelled is not parsed")
    }

    @Test("joined calls hold few bytes, however many batches wait")
    func bytes() async throws {
        let parser = RecordingParser(onParse: { try await Task.sleep(for: .milliseconds(20)) })
        let tier = JoinedParsing(parser)
        let line = String(repeating: "x", count: 100_000)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<20 { tasks.addTask { _ = try await tier.parse(ParseBatch(lines: [line])) } }
            tasks.addTask { _ = try await tier.parse(ParseBatch(lines: [line + line + line])) }
            try await tasks.waitForAll()
        }
        #expect(parser.batches.allSatisfy { $0.lines.bytes.count <= JoinedParsing.maxBytes || $0.lines.count == 1 })
        #expect(parser.batches.reduce(0) { $0 + $1.lines.count } == 21)
    }

    @Test("a large batch and one of a forced log type are calls of their own")
    func alone() async throws {
        let parser = RecordingParser()
        let tier = JoinedParsing(parser)
        _ = try await tier.parse(ParseBatch(lines: ["a"], forcedLogType: "Linux"))
        _ = try await tier.parse(ParseBatch(lines: LineBlock((0..<1000).map { "\($0)" })))
        #expect(parser.batches.map(\.lines.count) == [1, 1000])
        #expect(try await tier.info() == parser.info())
    }
}
