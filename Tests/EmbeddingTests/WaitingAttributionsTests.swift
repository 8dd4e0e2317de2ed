import Testing
import TocsinCore

@testable import BERTGradients
@testable import Embedding

@Suite("The queue of attributions")
struct WaitingAttributionsTests {
    let start = ContinuousClock.now

    private func queue(threads: Int = 2, limit: Int = 8) -> WaitingAttributions {
        WaitingAttributions(EmbeddingOptions(threads: threads, maxQueuedAttributions: limit))
    }

    private func requests(_ rows: Range<Int>) -> [WaitingAttributions.Request] {
        rows.map {
            WaitingAttributions.Request(row: $0, variant: .base, tokenIDs: [101, 102], score: .direction([Float($0)]))
        }
    }

    private let found = TokenAttributions(values: [0, 0], score: 1, baselineScore: 1, pointCount: 8)

    /// Takes a text and finishes it; its call and row.
    private func run(_ queue: inout WaitingAttributions, at time: ContinuousClock.Instant) -> [Int]? {
        guard let work = queue.take(now: time) else { return nil }
        _ = queue.finish(work, found, took: .milliseconds(10), now: time)
        return [work.call, work.request.row]
    }

    @Test("calls take turns, one text at a time, each call's in their order")
    func turns() throws {
        var queue = queue()
        _ = try queue.submit(requests(0..<3), now: start)
        _ = try queue.submit(requests(0..<2), now: start)
        let order = (0..<6).map { run(&queue, at: start + .milliseconds($0)) }
        #expect(order == [[1, 0], [2, 0], [1, 1], [2, 1], [1, 2], nil])
        #expect(queue.textCount == 0)
    }

    @Test("a call's next text waits from when the one before it was done, so that embeddings come in between")
    func fairness() throws {
        var queue = queue()
        _ = try queue.submit(requests(0..<2), now: start)
        #expect(queue.waitingSince == start)
        _ = run(&queue, at: start + .seconds(1))
        #expect(queue.waitingSince == start + .seconds(1))
    }

    @Test("one thread is left to embeddings where there are several", arguments: [(1, 1), (2, 1), (4, 3)])
    func threads(threads: Int, atOnce: Int) throws {
        var queue = queue(threads: threads)
        for _ in 0..<5 { _ = try queue.submit(requests(0..<1), now: start) }
        var works: [WaitingAttributions.Work] = []
        while let work = queue.take(now: start) { works.append(work) }
        #expect(works.count == atOnce && queue.waitingSince == nil && queue.textCount == 5)
        _ = queue.finish(works[0], found, took: .milliseconds(1), now: start)
        #expect(queue.waitingSince == start && queue.textCount == 4)
    }

    @Test("of an embedding and an attribution, the one that has waited longest goes first")
    func besideEmbeddings() throws {
        func turns(textAt: Int, attributionAt: Int) throws -> [String] {
            var queue = QueueState(EmbeddingOptions(threads: 2))
            let key = TextKey(encoder: EncoderKey(variant: .base, precision: .fp32), text: "a".utf8)
            _ = try queue.submit(
                [QueueState.Request(row: 0, key: key, tokenIDs: [101, 102])], now: start + .milliseconds(textAt))
            _ = try queue.attributions.submit(requests(0..<2), now: start + .milliseconds(attributionAt))
            return (0..<3).map { _ in
                switch queue.take(wasIdle: false, now: start + .milliseconds(9)) {
                case .work: "embedding"
                case .attribution: "attribution"
                case .help: "help"
                case .wait: "wait"
                case .stop: "stop"
                }
            }
        }
        // A second attribution has to wait: the other thread is left to embeddings.
        #expect(try turns(textAt: 1, attributionAt: 2) == ["embedding", "attribution", "wait"])
        #expect(try turns(textAt: 2, attributionAt: 1) == ["attribution", "embedding", "wait"])
    }

    @Test("more texts than are let wait are refused, and told when to come again")
    func overloaded() throws {
        var queue = queue(limit: 4)
        _ = try queue.submit(requests(0..<3), now: start)
        let error = #expect(throws: EmbeddingError.self) { _ = try queue.submit(requests(0..<2), now: start) }
        guard case .attributionsOverloaded(3, limit: 4, let retryAfter) = error else {
            Issue.record("it was \(String(describing: error))")
            return
        }
        #expect(retryAfter > .milliseconds(100))
        _ = try queue.submit(requests(0..<1), now: start)
    }

    @Test("a caller gets all rows, and where its time went")
    func answer() async throws {
        var queue = queue()
        let call = try queue.submit(requests(0..<2), now: start)
        _ = run(&queue, at: start + .milliseconds(5))
        guard let last = queue.take(now: start + .milliseconds(7)) else { return #expect(Bool(false)) }
        #expect(queue.finish(last, found, took: .milliseconds(2), now: start + .milliseconds(9)) == nil)
        let answer = try await withCheckedThrowingContinuation { queue.wait(for: call, $0)?.resume() }
        #expect(answer.attributions == [0: found, 1: found])
        #expect(answer.timings.queue == .milliseconds(5) && answer.timings.forward == .milliseconds(4))
    }

    @Test("a cancelled call's texts are dropped, and the one on a thread is given up")
    func cancelled() async throws {
        var queue = queue()
        let call = try queue.submit(requests(0..<3), now: start)
        guard let work = queue.take(now: start) else { return #expect(Bool(false)) }
        #expect(queue.isWanted(call))
        #expect(queue.cancel(call) == nil)
        #expect(!queue.isWanted(call) && queue.textCount == 1)
        #expect(queue.finish(work, nil, took: .zero, now: start) == nil)
        #expect(queue.take(now: start) == nil && queue.textCount == 0)
        await #expect(throws: CancellationError.self) {
            try await withCheckedThrowingContinuation { queue.wait(for: call, $0)?.resume() }
        }
    }

    @Test("a shutdown ends every call and refuses what comes")
    func shutDown() async throws {
        var queue = queue()
        let call = try queue.submit(requests(0..<3), now: start)
        #expect(queue.shutDown().isEmpty)
        await #expect(throws: EmbeddingError.shutDown) {
            try await withCheckedThrowingContinuation { queue.wait(for: call, $0)?.resume() }
        }
        #expect(throws: EmbeddingError.shutDown) { _ = try queue.submit(requests(0..<1), now: start) }
        #expect(queue.take(now: start) == nil)
    }
}
