internal import BERT
internal import BERTGradients
internal import TocsinCore

extension ForwardThreads {
    /// Weighs the tokens of texts; a cancelled task gets `CancellationError` at once.
    func attribute(_ requests: [WaitingAttributions.Request]) async throws -> WaitingAttributions.Answer {
        let call = try queue.withLock { try $0.attributions.submit(requests, now: .now) }
        queue.notifyAll()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.withLock { $0.attributions.wait(for: call, continuation) }?.resume()
            }
        } onCancel: {
            queue.withLock { $0.attributions.cancel(call) }?.resume()
        }
    }

    /// Weighs the tokens of one text that a thread took. The memory for it, 48 MB where MiniLM computes, is given back
    /// afterwards: attributions are rare.
    static func attribute(
        _ work: WaitingAttributions.Work, by encoders: [EncoderKey: Encoder], paddingID: Int32,
        _ queue: Monitor<QueueState>
    ) {
        guard let encoder = encoders[EncoderKey(variant: work.request.variant, precision: .fp32)] else {
            preconditionFailure("a text for '\(work.request.variant)' was queued, loaded are \(encoders.keys)")
        }
        let start = ContinuousClock.now
        // Given up where nobody waits for it any more.
        let found = try? IntegratedGradients(encoder: encoder, paddingID: paddingID).attributions(
            tokenIDs: work.request.tokenIDs, of: work.request.score
        ) { queue.withLock { !$0.attributions.isWanted(work.call) } }
        let end = ContinuousClock.now
        queue.withLock { $0.attributions.finish(work, found, took: start.duration(to: end), now: end) }?.resume()
        // Another thread may take the next one.
        queue.notifyAll()
    }
}
