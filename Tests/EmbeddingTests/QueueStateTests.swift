import Testing
import TocsinCore

@testable import Embedding

@Suite("The queue of texts")
struct QueueStateTests {
    let start = ContinuousClock.now

    private func request(_ row: Int, _ text: String, tokens: Int = 10) -> QueueState.Request {
        QueueState.Request(
            row: row, key: TextKey(variant: .base, text: Array(text.utf8)), tokenIDs: Array(repeating: 7, count: tokens)
        )
    }

    private func work(_ turn: QueueState.Turn) -> [QueueState.Work] {
        if case .work(let work) = turn { return work }
        Issue.record("expected work, not \(turn)")
        return []
    }

    private func embeddings(_ work: [QueueState.Work]) -> [TextEmbedding] {
        work.map { TextEmbedding(vector: [Float($0.flight)], tokenCount: $0.tokenIDs.count) }
    }

    @Test("texts of several callers share a pass, longest-waiting first, within the budget")
    func sharedPass() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 25))
        _ = try queue.submit([request(0, "a"), request(1, "b")], now: start)
        _ = try queue.submit([request(0, "c")], now: start)
        #expect(queue.queuedTokens == 30)
        let first = work(queue.take(wasIdle: false, now: start))
        #expect(first.count == 2)
        let second = work(queue.take(wasIdle: false, now: start))
        #expect(second.count == 1 && queue.queuedTokens == 0)
    }

    @Test("a text larger than the budget is a pass of its own")
    func largeText() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 5))
        _ = try queue.submit([request(0, "a"), request(1, "b")], now: start)
        #expect(work(queue.take(wasIdle: false, now: start)).count == 1)
    }

    @Test("idle threads share what there is")
    func sharing() throws {
        var queue = QueueState(EmbeddingOptions(threads: 2))
        guard case .wait(nil) = queue.take(wasIdle: false, now: start) else {
            Issue.record("an empty queue has no work")
            return
        }
        _ = try queue.submit((0..<10).map { request($0, "text \($0)") }, now: start)
        #expect(work(queue.take(wasIdle: false, now: start)).count == 5)
        #expect(work(queue.take(wasIdle: true, now: start)).count == 5)
    }

    @Test("a pass waits for more texts, but no longer than it may")
    func boundedWait() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 100, maxBatchWait: .milliseconds(4)))
        _ = try queue.submit([request(0, "a")], now: start)
        guard case .wait(let rest?) = queue.take(wasIdle: false, now: start + .milliseconds(1)) else {
            Issue.record("a small batch waits")
            return
        }
        #expect(rest == .milliseconds(3))
        #expect(work(queue.take(wasIdle: true, now: start + .milliseconds(4))).count == 1)
        _ = try queue.submit([request(0, "b", tokens: 100)], now: start)
        #expect(work(queue.take(wasIdle: false, now: start)).count == 1)
    }

    @Test("the same text of two callers is computed once and cached for the next")
    func inFlight() throws {
        var queue = QueueState(EmbeddingOptions())
        _ = try queue.submit([request(0, "a")], now: start)
        let taken = work(queue.take(wasIdle: false, now: start))
        _ = try queue.submit([request(3, "a")], now: start)
        #expect(queue.queuedTokens == 0)
        _ = queue.finish(taken, embeddings(taken), took: .milliseconds(1), now: start)
        #expect(queue.cached([TextKey(variant: .base, text: Array("a".utf8))])[0] != nil)
    }

    @Test("a full queue refuses and says for how long; an empty one takes any batch")
    func overload() throws {
        var queue = QueueState(EmbeddingOptions(maxQueuedTokens: 100))
        _ = try queue.submit([request(0, "a", tokens: 128)], now: start)
        do {
            _ = try queue.submit([request(0, "b")], now: start)
            Issue.record("128 tokens are more than 100")
        } catch EmbeddingError.overloaded(let queued, let limit, let retryAfter) {
            #expect(queued == 128 && limit == 100)
            #expect(retryAfter > .zero && retryAfter < .seconds(10))
        }
        // What is already under way costs nothing more.
        _ = try queue.submit([request(0, "a", tokens: 128)], now: start)
        #expect(queue.queuedTokens == 128)
    }

    @Test("a text whose only caller is gone is dropped; one that another waits for is computed")
    func cancellation() throws {
        var queue = QueueState(EmbeddingOptions())
        let gone = try queue.submit([request(0, "a"), request(1, "b")], now: start)
        _ = try queue.submit([request(0, "b")], now: start)
        _ = queue.cancel(gone)
        #expect(queue.queuedTokens == 10)
        #expect(work(queue.take(wasIdle: false, now: start)).count == 1)
        guard case .wait = queue.take(wasIdle: false, now: start) else {
            Issue.record("the dropped text is no work")
            return
        }
    }

    @Test("shutdown stops the threads and refuses calls")
    func shutDown() throws {
        var queue = QueueState(EmbeddingOptions())
        _ = try queue.submit([request(0, "a")], now: start)
        _ = queue.shutDown()
        guard case .stop = queue.take(wasIdle: false, now: start) else {
            Issue.record("a thread goes on after shutdown")
            return
        }
        #expect(throws: EmbeddingError.shutDown) { _ = try queue.submit([request(0, "b")], now: start) }
    }
}
