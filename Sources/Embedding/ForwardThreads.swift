internal import BERT
internal import Dispatch
internal import Foundation
internal import TocsinCore

/// The threads that compute forward passes, the queue that feeds them, and the cache of what they computed.
///
/// A forward pass takes milliseconds, which would stall the tasks of the whole program on Swift's own threads. Each
/// thread computes a batch of its own with one-threaded products: at these sizes threads inside a product spend their
/// time waiting for each other. A thread that would idle helps with another's pass.
final class ForwardThreads: Sendable {
    let queue: Monitor<QueueState>
    private let cache: ShardedVectorCache
    private let running = DispatchGroup()

    /// - Parameters:
    ///   - paddingID: `[PAD]` in the encoders' vocabulary.
    ///   - onPass: told each pass that has ended, on its thread.
    init(
        encoders: [EncoderKey: Encoder], paddingID: Int32, options: EmbeddingOptions,
        onPass: @escaping @Sendable (ForwardPass) -> Void
    ) {
        let queue = Monitor(QueueState(options))
        let cache = ShardedVectorCache(maxBytes: options.maxCacheBytes)
        self.queue = queue
        self.cache = cache
        for index in 0..<options.threads {
            running.enter()
            let thread = Thread { [running] in
                Self.run(encoders, paddingID: paddingID, queue, cache, onPass)
                running.leave()
            }
            thread.name = "forward-\(index)"
            thread.start()
        }
    }

    deinit { shutDown() }

    func cached(_ key: TextKey) -> TextEmbedding? { cache.value(for: key) }

    /// Computes texts, together with those of other calls; a cancelled task gets `CancellationError` at once.
    func compute(_ requests: [QueueState.Request]) async throws -> QueueState.Answer {
        let call = try queue.withLock { try $0.submit(requests, now: .now, cached: cache.peek) }
        queue.notifyAll()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.withLock { $0.wait(for: call, continuation) }?.resume()
            }
        } onCancel: {
            queue.withLock { $0.cancel(call) }?.resume()
        }
    }

    /// Returns when every thread has its memory and has computed once with each encoder.
    func warmUp() async {
        await withCheckedContinuation { continuation in
            if !queue.withLock({ $0.waitForWarmThreads(continuation) }) { continuation.resume() }
        }
    }

    var queueLength: TierQueue { queue.withLock(\.length) }

    var statistics: EmbeddingStatistics {
        let (queuedTokens, textsInFlight, attributions) = queue.withLock {
            ($0.queuedTokens, $0.textsInFlight, $0.attributions.textCount)
        }
        let cache = cache.statistics
        return EmbeddingStatistics(
            queuedTokens: queuedTokens, textsInFlight: textsInFlight, attributionsInFlight: attributions,
            cachedVectors: cache.vectors,
            cacheBytes: cache.bytes, cacheHits: cache.hits, cacheMisses: cache.misses,
            cacheEvictions: cache.evictions)
    }

    func shutDown() {
        let (embeddings, attributions) = queue.withLock { ($0.shutDown(), $0.attributions.shutDown()) }
        queue.notifyAll()
        for end in embeddings { end.resume() }
        for end in attributions { end.resume() }
    }

    /// Returns when no thread computes any more; they end after `shutDown`, each with the pass that it is at.
    func join() async {
        await withCheckedContinuation { continuation in
            running.notify(queue: .global()) { continuation.resume() }
        }
    }

    /// One thread's life: the buffers are its own and kept from pass to pass.
    private static func run(
        _ encoders: [EncoderKey: Encoder], paddingID: Int32, _ queue: Monitor<QueueState>,
        _ cache: ShardedVectorCache, _ onPass: @Sendable (ForwardPass) -> Void
    ) {
        guard let any = encoders.values.first(where: { $0.precision != .fp32 }) ?? encoders.values.first else {
            preconditionFailure("no encoder to compute with")
        }
        // Encoders have one shape, so they take turns in one workspace; that of an 8-bit one suits all.
        let workspace = any.makeWorkspace()
        let width = any.embeddingWidth
        var batch = TokenBatch()
        var vectors: [Float] = []
        for encoder in encoders.values { warmUp(encoder, workspace) }
        for waiter in queue.withLock({ $0.noteWarmThread() }) { waiter.resume() }
        while true {
            let work: QueueState.Work
            switch nextTurn(from: queue) {
            case .work(let texts): work = texts
            case .help(let help):
                help(workspace)
                continue
            case .attribution(let text):
                attribute(text, by: encoders, paddingID: paddingID, queue)
                continue
            case .stop: return
            }
            guard let encoder = encoders[work.encoder] else {
                preconditionFailure("texts for '\(work.encoder)' were queued, loaded are \(encoders.keys)")
            }
            let start = ContinuousClock.now
            batch.removeAll()
            for item in work.items { batch.append(item.tokenIDs) }
            let count = work.items.count * width
            if vectors.count < count { vectors.append(contentsOf: repeatElement(0, count: count - vectors.count)) }
            let embeddings = vectors.withUnsafeMutableBufferPointer { buffer in
                let output = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
                if work.helpers > 0 {
                    let pass = SharedPass(encoder, batch, threads: work.helpers + 1, using: workspace)
                    queue.withLock { $0.share(work, pass.help) }
                    queue.notifyAll()
                    pass.embed(into: output)
                } else {
                    encoder.embed(batch, using: workspace, into: output)
                }
                return work.items.indices.map { index in
                    TextEmbedding(
                        vector: Array(buffer[index * width..<(index + 1) * width]),
                        tokenCount: work.items[index].tokenIDs.count)
                }
            }
            let end = ContinuousClock.now
            // Before the texts leave the queue, so that who comes later finds them in one or the other.
            for (item, embedding) in zip(work.items, embeddings) { cache.insert(embedding, for: item.key) }
            let took = start.duration(to: end)
            let completions = queue.withLock { $0.finish(work, embeddings, took: took, now: end) }
            for completion in completions { completion.resume() }
            onPass(
                ForwardPass(
                    variant: work.encoder.variant, texts: work.items.count, tokens: work.tokenCount,
                    waited: work.waited,
                    took: took))
        }
    }

    /// Computes one sequence, so that the weights are read from disk and the memory is there before the first caller.
    private static func warmUp(_ encoder: Encoder, _ workspace: Workspace) {
        var batch = TokenBatch()
        batch.append(repeatElement(0, count: min(64, encoder.configuration.maxPositions)))
        encoder.withLastHiddenState(of: batch, using: workspace) { _ in }
    }

    /// What a thread does next.
    private enum Turn {
        case work(QueueState.Work)
        case help(QueueState.Help)
        case attribution(WaitingAttributions.Work)
        case stop
    }

    /// Waits for something to do.
    private static func nextTurn(from queue: Monitor<QueueState>) -> Turn {
        var wasIdle = false
        return queue.waiting { state in
            switch state.take(wasIdle: wasIdle, now: .now) {
            case .work(let work): return .done(.work(work))
            case .help(let help): return .done(.help(help))
            case .attribution(let work): return .done(.attribution(work))
            case .stop: return .done(.stop)
            case .wait(let duration):
                wasIdle = true
                return .wait(duration)
            }
        }
    }
}
