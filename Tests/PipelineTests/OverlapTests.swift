import Pipeline
import Synchronization
import Testing
import TierDoubles
import TocsinCore

/// A gate that opens once.
private actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    func wait() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct OverlapTests {
    @Test("a chunk is parsed while the one before it is embedded, and no further ahead")
    func overlap() async throws {
        let secondParsed = Gate()
        let parses = Mutex(0)
        let parser = RecordingParser(onParse: {
            if parses.withLock({
                $0 += 1; return $0
            }) == 2 {
                await secondParsed.open()
            }
        })
        let parsesAtEmbed = Mutex<[Int]>([])
        // The first embedding ends only when the second chunk has been parsed: without overlap this never ends.
        let embedder = RecordingEmbedder(onEmbed: {
            await secondParsed.wait()
            parsesAtEmbed.withLock { $0.append(parses.withLock(\.self)) }
        })
        let bench = Bench(parser: parser, embedder: embedder) {
            $0.chunkLines = 1
            $0.firstChunkLines = 1
        }
        let analysis = try await bench.analyzer.analyze(["a", "b", "c", "d", "e"])
        #expect(analysis.lines.count == 5)
        for (embedding, parses) in parsesAtEmbed.withLock(\.self).enumerated() {
            #expect(parses <= embedding + 2, "parsing is at most one chunk ahead")
        }
    }

    @Test("texts of one chunk go out in several calls, no more at once than allowed")
    func concurrentCalls() async throws {
        let running = Mutex((now: 0, most: 0))
        let embedder = RecordingEmbedder(onEmbed: {
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            try await Task.sleep(for: .milliseconds(5))
            running.withLock { $0.now -= 1 }
        })
        let bench = Bench(embedder: embedder) {
            $0.embeddingBatchItems = 5
            $0.concurrentCalls = 3
        }
        _ = try await bench.analyzer.analyze(LineBlock((0..<100).map { "text \($0)" }))
        #expect(bench.embedder.batches.count == 20)
        let most = running.withLock(\.most)
        #expect(most == 3)
    }

    @Test("cancelling stops the work: what was not begun is never sent")
    func cancellation() async throws {
        let begun = Gate()
        let embedder = RecordingEmbedder(onEmbed: {
            await begun.open()
            try await Task.sleep(for: .seconds(60))
        })
        let bench = Bench(embedder: embedder) {
            $0.chunkLines = 1
            $0.firstChunkLines = 1
        }
        let analysis = Task { try await bench.analyzer.analyze(LineBlock((0..<1000).map { "text \($0)" })) }
        await begun.wait()
        analysis.cancel()
        await #expect(throws: CancellationError.self) { try await analysis.value }
        #expect(bench.embedder.batches.count == 1)
        #expect(bench.parser.batches.count <= 2)
        #expect(bench.classifier.rows == 0)
    }

    @Test("a long input is emitted chunk by chunk, numbered from 1, before it ends")
    func streaming() async throws {
        let bench = Bench {
            $0.chunkLines = 3
            $0.firstChunkLines = 3
        }
        let blocks = Mutex((0..<4).map { block in LineBlock((0..<5).map { "line \(block * 5 + $0)" }) })
        var firstLines: [Int] = []
        var contents: [String] = []
        var unreadAtFirstChunk: Int?
        let outcome = try await bench.analyzer.analyze(
            reading: { blocks.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
            emit: { chunk in
                unreadAtFirstChunk = unreadAtFirstChunk ?? blocks.withLock(\.count)
                firstLines.append(chunk.firstLine)
                contents += try chunk.results.map { try $0.get().parsed.content }
                #expect(chunk.lines.count == chunk.results.count)
            })
        #expect(firstLines == [1, 4, 6, 9, 11, 14, 16, 19])
        #expect(contents == (0..<20).map { "line \($0)" })
        #expect((unreadAtFirstChunk ?? 0) > 0)
        #expect(outcome.lines.isEmpty)
        #expect(outcome.summary.verdicts == 20)
    }

    @Test("an error of the reader or of the taker ends the analysis with that error")
    func endsOnError() async throws {
        struct Broken: Error {}
        let bench = Bench()
        await #expect(throws: Broken.self) {
            try await bench.analyzer.analyze(reading: { throw Broken() }, emit: { _ in })
        }
        await #expect(throws: Broken.self) {
            try await bench.analyzer.analyze(reading: { ["x"] }, emit: { _ in throw Broken() })
        }
    }
}
