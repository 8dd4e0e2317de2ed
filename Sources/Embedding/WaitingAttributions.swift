internal import BERTGradients
internal import TocsinCore

/// The calls that wait for attributions: transitions without threads.
///
/// An attribution takes a hundred times as long as an embedding. So a call's texts go to threads one at a time, each
/// waiting its turn anew, and one thread at least is left to embeddings where there are several.
struct WaitingAttributions {
    /// A text that a call wants to have weighed.
    struct Request: Sendable {
        let row: Int
        let variant: EncoderVariant
        let tokenIDs: [Int32]
        let score: VectorScore
    }

    /// A text that a thread weighs.
    struct Work: Sendable {
        let call: Int
        let request: Request
    }

    /// What a call gets in the end: its results by row, and where its time went.
    struct Answer: Sendable {
        var attributions: [Int: TokenAttributions] = [:]
        var timings = EmbeddingTimings()
    }

    private struct Call {
        let submitted: ContinuousClock.Instant
        /// Those that no thread has taken, the next one last.
        var requests: [Request]
        var waitingSince: ContinuousClock.Instant
        var firstTaken: ContinuousClock.Instant?
        var answer = Answer()
        /// Set as soon as the caller waits.
        var continuation: CheckedContinuation<Answer, any Error>?
        /// An end that came before the caller waited.
        var result: Result<Answer, any Error>?
    }

    private let limit: Int
    private let threads: Int
    private var calls: [Int: Call] = [:]
    /// Calls that have a text for a thread: the one that has waited longest first.
    private var turns: [Int] = []
    private var runningTexts = 0
    private var nextNumber = 0
    private var isShutDown = false
    /// Of one text, by the last ones.
    private var secondsPerText = 0.3

    init(_ options: EmbeddingOptions) {
        limit = options.maxQueuedAttributions
        threads = max(1, options.threads - 1)
    }

    /// Texts that wait or are on a thread.
    var textCount: Int { runningTexts + waitingTextCount }

    var waitingTextCount: Int { calls.values.reduce(0) { $0 + $1.requests.count } }

    var callCount: Int { calls.count }

    /// Since when the text that is next waits; nil where none may be taken now.
    var waitingSince: ContinuousClock.Instant? {
        runningTexts < threads ? turns.first.flatMap { calls[$0]?.waitingSince } : nil
    }

    /// Opens a call and returns its number.
    ///
    /// - Parameter requests: at least one, and at most the limit.
    mutating func submit(_ requests: [Request], now: ContinuousClock.Instant) throws(EmbeddingError) -> Int {
        guard !isShutDown else { throw .shutDown }
        let waiting = textCount
        guard waiting + requests.count <= limit else {
            throw .attributionsOverloaded(
                queuedTexts: waiting, limit: limit,
                retryAfter: .seconds(max(Double(waiting) * secondsPerText / Double(threads), 0.001)))
        }
        nextNumber += 1
        calls[nextNumber] = Call(submitted: now, requests: requests.reversed(), waitingSince: now)
        turns.append(nextNumber)
        return nextNumber
    }

    /// Lets a caller wait for its call; returns the end where the call has ended already.
    mutating func wait(for number: Int, _ continuation: CheckedContinuation<Answer, any Error>) -> CallEnd<Answer>? {
        if let result = calls[number]?.result {
            calls[number] = nil
            return CallEnd(continuation: continuation, result: result)
        }
        calls[number]?.continuation = continuation
        return nil
    }

    /// Ends a call whose caller is gone; a text that is on a thread is given up at its next pass.
    mutating func cancel(_ number: Int) -> CallEnd<Answer>? {
        end(number, with: .failure(CancellationError()))
    }

    /// Whether somebody still waits for a call.
    func isWanted(_ number: Int) -> Bool { calls[number].map { $0.result == nil } ?? false }

    /// Hands a thread the text that has waited longest; nil where none may be taken now.
    mutating func take(now: ContinuousClock.Instant) -> Work? {
        guard runningTexts < threads, !turns.isEmpty else { return nil }
        let number = turns.removeFirst()
        guard let request = calls[number]?.requests.popLast() else { return nil }
        if calls[number]?.firstTaken == nil { calls[number]?.firstTaken = now }
        runningTexts += 1
        return Work(call: number, request: request)
    }

    /// Notes what a thread found of a text that it took; nil where the text was given up. Returns the call's end with its
    /// last text.
    mutating func finish(
        _ work: Work, _ attributions: TokenAttributions?, took duration: Duration, now: ContinuousClock.Instant
    ) -> CallEnd<Answer>? {
        runningTexts -= 1
        guard let attributions else { return nil }
        secondsPerText += 0.2 * (duration / .seconds(1) - secondsPerText)
        guard isWanted(work.call), var call = calls[work.call] else { return nil }
        call.answer.attributions[work.request.row] = attributions
        call.waitingSince = now
        let started = call.firstTaken ?? call.submitted
        call.answer.timings.queue = call.submitted.duration(to: started)
        call.answer.timings.forward = started.duration(to: now)
        calls[work.call] = call
        guard call.requests.isEmpty else {
            turns.append(work.call)
            return nil
        }
        return end(work.call, with: .success(call.answer))
    }

    /// Refuses what comes and ends every call with ``EmbeddingError/shutDown``.
    mutating func shutDown() -> [CallEnd<Answer>] {
        isShutDown = true
        return calls.keys.compactMap { end($0, with: .failure(EmbeddingError.shutDown)) }
    }

    private mutating func end(_ number: Int, with result: Result<Answer, any Error>) -> CallEnd<Answer>? {
        guard isWanted(number) else { return nil }
        turns.removeAll { $0 == number }
        guard let continuation = calls[number]?.continuation else {
            calls[number]?.result = result
            calls[number]?.requests = []
            return nil
        }
        calls[number] = nil
        return CallEnd(continuation: continuation, result: result)
    }
}
