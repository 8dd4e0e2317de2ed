internal import BERT
internal import Foundation

/// The threads that compute forward passes, and the queue that feeds them.
///
/// A forward pass takes milliseconds, which would stall the tasks of the whole program on Swift's own threads. Each
/// thread computes a batch of its own with one-threaded products: at these sizes threads inside a product spend their
/// time waiting for each other.
final class ForwardThreads: Sendable {
    private let queue: Monitor<QueueState>

    init(encoder: Encoder, options: EmbeddingOptions) {
        let queue = Monitor(QueueState(options))
        self.queue = queue
        for index in 0..<options.threads {
            let thread = Thread { Self.run(encoder, queue) }
            thread.name = "forward-\(index)"
            thread.start()
        }
    }

    deinit { shutDown() }

    func cached(_ keys: [TextKey]) -> [TextEmbedding?] {
        queue.withLock { $0.cached(keys) }
    }

    /// Computes texts, together with those of other calls; a cancelled task gets `CancellationError` at once.
    func compute(_ requests: [QueueState.Request]) async throws -> QueueState.Answer {
        let call = try queue.withLock { state in try state.submit(requests, now: .now) }
        queue.notifyAll()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.withLock { $0.wait(for: call, continuation) }?.resume()
            }
        } onCancel: {
            queue.withLock { $0.cancel(call) }?.resume()
        }
    }

    /// Returns when every thread has its memory and has computed once.
    func warmUp() async {
        await withCheckedContinuation { continuation in
            if !queue.withLock({ $0.waitForWarmThreads(continuation) }) { continuation.resume() }
        }
    }

    var statistics: EmbeddingStatistics { queue.withLock { $0.statistics } }

    func shutDown() {
        let completions = queue.withLock { $0.shutDown() }
        queue.notifyAll()
        for completion in completions { completion.resume() }
    }

    /// One thread's life: the buffers are its own and kept from pass to pass.
    private static func run(_ encoder: Encoder, _ queue: Monitor<QueueState>) {
        let workspace = encoder.makeWorkspace()
        var batch = TokenBatch()
        var vectors: [Float] = []
        let width = encoder.embeddingWidth
        warmUp(encoder, workspace)
        for waiter in queue.withLock({ $0.noteWarmThread() }) { waiter.resume() }
        while let work = nextWork(from: queue) {
            let start = ContinuousClock.now
            batch.removeAll()
            for item in work { batch.append(item.tokenIDs) }
            if vectors.count < work.count * width {
                vectors.append(contentsOf: repeatElement(0, count: work.count * width - vectors.count))
            }
            let embeddings = vectors.withUnsafeMutableBufferPointer { buffer in
                encoder.embed(
                    batch, using: workspace, into: UnsafeMutableBufferPointer(rebasing: buffer[..<(work.count * width)])
                )
                return work.indices.map { index in
                    TextEmbedding(
                        vector: Array(buffer[index * width..<(index + 1) * width]),
                        tokenCount: work[index].tokenIDs.count)
                }
            }
            let end = ContinuousClock.now
            let completions = queue.withLock { $0.finish(work, embeddings, took: start.duration(to: end), now: end) }
            for completion in completions { completion.resume() }
        }
    }

    /// Computes one sequence, so that the weights are read from disk and the memory is there before the first caller.
    private static func warmUp(_ encoder: Encoder, _ workspace: Workspace) {
        var batch = TokenBatch()
        batch.append(repeatElement(0, count: min(64, encoder.configuration.maxPositions)))
        encoder.withLastHiddenState(of: batch, using: workspace) { _ in }
    }

    /// Waits for work; nil at shutdown.
    private static func nextWork(from queue: Monitor<QueueState>) -> [QueueState.Work]? {
        var wasIdle = false
        return queue.waiting { state in
            switch state.take(wasIdle: wasIdle, now: .now) {
            case .work(let work): return .done(work)
            case .stop: return .done(nil)
            case .wait(let duration):
                wasIdle = true
                return .wait(duration)
            }
        }
    }
}

extension QueueState.Completion {
    func resume() { continuation.resume(with: result) }
}
