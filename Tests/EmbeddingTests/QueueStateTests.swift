import BERTGradients
import Testing
import TocsinCore

@testable import Embedding

@Suite("The queue of texts")
struct QueueStateTests {
    let start = ContinuousClock.now

    private func request(
        _ row: Int, _ text: String, tokens: Int = 10, variant: EncoderVariant = .base
    ) -> QueueState.Request {
        QueueState.Request(
            row: row, key: TextKey(encoder: EncoderKey(variant: variant, precision: .fp32), text: text.utf8),
            tokenIDs: Array(repeating: 7, count: tokens))
    }

    private func work(_ turn: QueueState.Turn) -> QueueState.Work {
        if case .work(let work) = turn { return work }
        Issue.record("expected work, not \(turn)")
        return QueueState.Work(encoder: EncoderKey(variant: .base, precision: .fp32), waited: .zero)
    }

    private func texts(_ turn: QueueState.Turn) -> [String] {
        work(turn).items.map { String(decoding: $0.key.bytes, as: UTF8.self) }
    }

    private func embeddings(_ work: QueueState.Work) -> [TextEmbedding] {
        work.items.map { TextEmbedding(vector: [Float($0.flight)], tokenCount: $0.tokenIDs.count) }
    }

    @Test("texts of several callers share a pass, longest-waiting first, within the budget")
    func sharedPass() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 25))
        _ = try queue.submit([request(0, "a"), request(1, "b")], now: start)
        _ = try queue.submit([request(0, "c")], now: start)
        #expect(queue.queuedTokens == 30)
        let first = work(queue.take(wasIdle: false, now: start + .milliseconds(3)))
        #expect(first.items.count == 2 && first.tokenCount == 20 && first.waited == .milliseconds(3))
        let second = work(queue.take(wasIdle: false, now: start))
        #expect(second.items.count == 1 && queue.queuedTokens == 0)
    }

    @Test("a pass is led by the text that has waited longest and filled from its class of lengths first")
    func lengthClasses() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 200))
        _ = try queue.submit(
            [
                request(0, "long 1", tokens: 90), request(1, "short 1", tokens: 10), request(2, "long 2", tokens: 90),
                request(3, "short 2", tokens: 10), request(4, "long 3", tokens: 90),
            ], now: start)
        #expect(texts(queue.take(wasIdle: false, now: start)) == ["long 1", "long 2"])
        #expect(texts(queue.take(wasIdle: false, now: start)) == ["short 1", "short 2", "long 3"])
    }

    @Test("a long text that does not fit ends the pass and leads the next: no short one overtakes it twice")
    func noStarvation() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 100))
        _ = try queue.submit([request(0, "short", tokens: 10), request(1, "long", tokens: 95)], now: start)
        #expect(texts(queue.take(wasIdle: false, now: start)) == ["short"])
        _ = try queue.submit((2..<50).map { request($0, "short \($0)", tokens: 10) }, now: start)
        #expect(texts(queue.take(wasIdle: false, now: start)) == ["long"])
    }

    @Test("a pass has texts of one variant, that of the longest-waiting one")
    func variants() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 1000))
        _ = try queue.submit([request(0, "a", variant: .lora), request(1, "b", variant: .lora)], now: start)
        _ = try queue.submit([request(0, "a"), request(1, "b", variant: .dann)], now: start)
        _ = try queue.submit([request(0, "c", variant: .lora)], now: start)
        let passes = (0..<3).map { _ in work(queue.take(wasIdle: false, now: start)) }
        #expect(passes.map(\.encoder.variant) == [.lora, .base, .dann])
        #expect(passes.map(\.items.count) == [3, 1, 1])
        #expect(queue.queuedTokens == 0)
    }

    @Test("texts come out once each, in the order of their arrival within a length, however many wait")
    func manyTexts() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 500))
        let requests = (0..<5_000).map { request($0, "\($0)", tokens: 20 + $0 % 10) }
        for start in stride(from: 0, to: 5_000, by: 50) {
            _ = try queue.submit(Array(requests[start..<start + 50]), now: self.start)
        }
        var seen: [String] = []
        while queue.queuedTokens > 0 { seen += texts(queue.take(wasIdle: false, now: start)) }
        #expect(seen == (0..<5_000).map(String.init))
    }

    @Test("a text larger than the budget is a pass of its own")
    func largeText() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 5))
        _ = try queue.submit([request(0, "a"), request(1, "b")], now: start)
        #expect(work(queue.take(wasIdle: false, now: start)).items.count == 1)
    }

    @Test("idle threads share what there is")
    func sharing() throws {
        var queue = QueueState(EmbeddingOptions(threads: 2))
        guard case .wait(nil) = queue.take(wasIdle: false, now: start) else {
            Issue.record("an empty queue has no work")
            return
        }
        _ = try queue.submit((0..<10).map { request($0, "text \($0)") }, now: start)
        #expect(work(queue.take(wasIdle: false, now: start)).items.count == 5)
        #expect(work(queue.take(wasIdle: true, now: start)).items.count == 5)
    }

    @Test("a thread that finds no text helps with a pass that has places, until it ends")
    func helping() throws {
        var queue = QueueState(EmbeddingOptions(threads: 3))
        for _ in 0..<2 { _ = queue.take(wasIdle: false, now: start) }
        _ = try queue.submit([request(0, "alone")], now: start)
        let pass = work(queue.take(wasIdle: false, now: start))
        #expect(pass.helpers == 2)
        queue.share(pass) { _ in }
        for _ in 0..<2 {
            guard case .help = queue.take(wasIdle: true, now: start) else {
                Issue.record("an idle thread helps")
                return
            }
        }
        guard case .wait(nil) = queue.take(wasIdle: false, now: start) else {
            Issue.record("a pass takes no more helpers than were idle when it began")
            return
        }
        queue.share(pass) { _ in }
        _ = queue.finish(pass, embeddings(pass), took: .milliseconds(1), now: start)
        guard case .wait(nil) = queue.take(wasIdle: true, now: start) else {
            Issue.record("a pass that has ended takes no helpers")
            return
        }
    }

    @Test("texts come before help, and a pass is not shared while others wait")
    func textsBeforeHelp() throws {
        var queue = QueueState(EmbeddingOptions(threads: 2, maxBatchTokens: 10))
        _ = queue.take(wasIdle: false, now: start)
        _ = try queue.submit([request(0, "a"), request(1, "b"), request(2, "c")], now: start)
        #expect(work(queue.take(wasIdle: false, now: start)).helpers == 0)
        let second = work(queue.take(wasIdle: true, now: start))
        queue.share(second) { _ in }
        #expect(texts(queue.take(wasIdle: false, now: start)) == ["c"])
    }

    @Test("passes become shorter towards the end, so that busy threads end together")
    func shorterPasses() throws {
        var queue = QueueState(EmbeddingOptions(threads: 2, maxBatchTokens: 1000))
        _ = try queue.submit((0..<300).map { request($0, "text \($0)") }, now: start)
        var sizes: [Int] = []
        while queue.queuedTokens > 0 { sizes.append(work(queue.take(wasIdle: false, now: start)).tokenCount) }
        #expect(sizes == [1000, 1000, 500, 250, 250])
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
        #expect(work(queue.take(wasIdle: true, now: start + .milliseconds(4))).items.count == 1)
        _ = try queue.submit([request(0, "b", tokens: 100)], now: start)
        #expect(work(queue.take(wasIdle: false, now: start)).items.count == 1)
    }

    @Test("the same text of two callers is computed once, and one that was computed meanwhile not again")
    func inFlight() throws {
        var queue = QueueState(EmbeddingOptions())
        _ = try queue.submit([request(0, "a")], now: start)
        let taken = work(queue.take(wasIdle: false, now: start))
        _ = try queue.submit([request(3, "a")], now: start)
        #expect(queue.queuedTokens == 0)
        _ = queue.finish(taken, embeddings(taken), took: .milliseconds(1), now: start)
        // It left the queue between the third caller's look into the cache and its turn here.
        _ = try queue.submit([request(0, "a"), request(1, "b")], now: start) {
            $0 == TextKey(encoder: EncoderKey(variant: .base, precision: .fp32), text: "a".utf8)
                ? TextEmbedding(vector: [1], tokenCount: 10) : nil
        }
        #expect(texts(queue.take(wasIdle: false, now: start)) == ["b"])
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
        #expect(texts(queue.take(wasIdle: false, now: start)) == ["b"])
        guard case .wait = queue.take(wasIdle: false, now: start) else {
            Issue.record("the dropped text is no work")
            return
        }
    }

    @Test("its length is the texts that no thread has taken, and the calls that wait")
    func length() throws {
        var queue = QueueState(EmbeddingOptions(maxBatchTokens: 20))
        #expect(queue.length == TierQueue(waitingItems: 0, calls: 0))
        let first = try queue.submit([request(0, "a"), request(1, "b"), request(2, "c")], now: start)
        _ = try queue.submit([request(0, "a"), request(1, "d")], now: start)
        #expect(queue.length == TierQueue(waitingItems: 4, calls: 2))
        let pass = work(queue.take(wasIdle: false, now: start))
        #expect(queue.length == TierQueue(waitingItems: 2, calls: 2))
        _ = queue.finish(pass, embeddings(pass), took: .milliseconds(1), now: start)
        #expect(queue.length == TierQueue(waitingItems: 2, calls: 2))
        _ = queue.cancel(first)
        #expect(queue.length.waitingItems == 1)
        _ = queue.shutDown()
        #expect(queue.length.waitingItems == 0)
    }

    @Test("texts to be weighed count as well until a thread takes them")
    func lengthWithAttributions() throws {
        var queue = QueueState(EmbeddingOptions(threads: 2))
        let request = WaitingAttributions.Request(
            row: 0, variant: .base, tokenIDs: [1, 2], score: .direction([Float](repeating: 1, count: 4)))
        _ = try queue.attributions.submit([request, request], now: start)
        #expect(queue.length == TierQueue(waitingItems: 2, calls: 1))
        _ = queue.attributions.take(now: start)
        #expect(queue.length == TierQueue(waitingItems: 1, calls: 1))
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
