internal import TocsinCore

/// The texts that wait for a forward pass or are in one, and the calls that wait for them: transitions without threads.
///
/// Every text is here once however many calls ask for it. A text that no call waits for any more is dropped before it
/// is computed.
struct QueueState {
    private struct Flight {
        let key: TextKey
        let tokenIDs: [Int32]
        let enqueued: ContinuousClock.Instant
        var waiters: [(call: Int, row: Int)] = []
        var isRunning = false
    }

    private struct Call {
        let submitted: ContinuousClock.Instant
        var flights: [Int] = []
        var remaining = 0
        var firstTaken: ContinuousClock.Instant?
        var answer = Answer()
        /// Set as soon as the caller waits.
        var continuation: CheckedContinuation<Answer, any Error>?
        /// An end that came before the caller waited.
        var result: Result<Answer, any Error>?
    }

    /// Beside the texts that wait for a vector.
    var attributions: WaitingAttributions
    /// Shorter passes cost speed and bring nothing.
    private static let shortPassTokens = 256

    private let options: EmbeddingOptions
    private var flights: [Int: Flight] = [:]
    private var flightOfKey: [TextKey: Int] = [:]
    private var waiting = WaitingTexts()
    private var queuedTokensOfEncoder: [EncoderKey: Int] = [:]
    private(set) var queuedTokens = 0
    private(set) var queuedTexts = 0
    private var calls: [Int: Call] = [:]
    private var nextNumber = 0
    private var idleThreads = 0
    /// Passes whose leaders would have help, with the number of threads that may still join.
    private var sharedPasses: [(flight: Int, help: Help, places: Int)] = []
    private var warmThreads = 0
    private var readinessWaiters: [CheckedContinuation<Void, Never>] = []
    private var isShutDown = false
    /// Of one thread, by the last passes.
    private var tokensPerSecond = 2_000.0

    init(_ options: EmbeddingOptions) {
        self.options = options
        attributions = WaitingAttributions(options)
    }

    /// Opens a call for texts that were not cached and returns its number.
    ///
    /// - Parameters:
    ///   - requests: at least one.
    ///   - cached: what has been computed since the caller looked; it is in the cache before its flight ends.
    mutating func submit(
        _ requests: [Request], now: ContinuousClock.Instant, cached: (TextKey) -> TextEmbedding? = { _ in nil }
    ) throws(EmbeddingError) -> Int {
        guard !isShutDown else { throw .shutDown }
        var answer = Answer()
        var fresh = 0
        for request in requests where flightOfKey[request.key] == nil {
            if let embedding = cached(request.key) {
                answer.embeddings[request.row] = embedding
            } else {
                fresh += request.tokenIDs.count
            }
        }
        guard fresh == 0 || queuedTokens == 0 || queuedTokens + fresh <= options.maxQueuedTokens else {
            let seconds = Double(queuedTokens) / (tokensPerSecond * Double(options.threads))
            throw .overloaded(
                queuedTokens: queuedTokens, limit: options.maxQueuedTokens, retryAfter: .seconds(max(seconds, 0.001)))
        }
        let number = takeNumber()
        var call = Call(submitted: now, answer: answer)
        call.remaining = requests.count - answer.embeddings.count
        if call.remaining == 0 { call.result = .success(answer) }
        for request in requests where answer.embeddings[request.row] == nil {
            let flight = flightOfKey[request.key] ?? launch(request, now: now)
            flights[flight]?.waiters.append((number, request.row))
            call.flights.append(flight)
        }
        calls[number] = call
        return number
    }

    /// Lets a caller wait for its call; returns the completion where the call has ended already.
    mutating func wait(for number: Int, _ continuation: CheckedContinuation<Answer, any Error>) -> Completion? {
        if let result = calls[number]?.result {
            calls[number] = nil
            return Completion(continuation: continuation, result: result)
        }
        calls[number]?.continuation = continuation
        return nil
    }

    /// Ends a call whose caller is gone; what nobody else waits for is dropped unless it is being computed.
    mutating func cancel(_ number: Int) -> Completion? {
        guard let call = calls[number], call.result == nil else { return nil }
        for flight in call.flights {
            flights[flight]?.waiters.removeAll { $0.call == number }
            if let dropped = flights[flight], dropped.waiters.isEmpty, !dropped.isRunning {
                countQueued(texts: -1, tokens: -dropped.tokenIDs.count, of: dropped.key.encoder)
                flightOfKey[dropped.key] = nil
                flights[flight] = nil
            }
        }
        return end(number, with: .failure(CancellationError()))
    }

    /// Hands a thread its next texts: those that have waited longest, up to the token budget, or its share where other
    /// threads are idle too.
    ///
    /// - Parameter wasIdle: true where the thread asks again after a `.wait`.
    mutating func take(wasIdle: Bool, now: ContinuousClock.Instant) -> Turn {
        if wasIdle { idleThreads -= 1 }
        if isShutDown { return .stop }
        let first = waiting.first(of: flights)
        let oldest = first.flatMap { flights[$0.number] }
        if let since = attributions.waitingSince, since <= oldest?.enqueued ?? since,
            let work = attributions.take(now: now)
        {
            return .attribution(work)
        }
        guard let first, let oldest else {
            if let help = takePlace() { return .help(help) }
            idleThreads += 1
            return .wait(nil)
        }
        let queued = queuedTokensOfEncoder[first.encoder] ?? 0
        let waited = oldest.enqueued.duration(to: now)
        if queued < options.maxBatchTokens, waited < options.maxBatchWait {
            idleThreads += 1
            return .wait(options.maxBatchWait - waited)
        }

        // Where all are busy, passes become shorter towards the queue's end, so that the threads end together.
        let share =
            idleThreads > 0
            ? (queued + idleThreads) / (idleThreads + 1)
            : max(Self.shortPassTokens, (queued + options.threads - 1) / options.threads)
        let budget = min(options.maxBatchTokens, share)
        var work = Work(encoder: first.encoder, waited: waited)
        for number in waiting.take(budget: budget, of: flights) {
            guard let flight = flights[number] else { continue }
            flights[number]?.isRunning = true
            for waiter in flight.waiters where calls[waiter.call]?.firstTaken == nil {
                calls[waiter.call]?.firstTaken = now
            }
            work.items.append(Work.Item(flight: number, key: flight.key, tokenIDs: flight.tokenIDs))
            work.tokenCount += flight.tokenIDs.count
        }
        countQueued(texts: -work.items.count, tokens: -work.tokenCount, of: work.encoder)
        if queuedTokens == 0 { work.helpers = idleThreads }
        return .work(work)
    }

    /// Lets threads that find no text help with a pass until it ends.
    mutating func share(_ work: Work, _ help: @escaping Help) {
        guard let flight = work.items.first?.flight else { return }
        sharedPasses.append((flight, help, work.helpers))
    }

    private mutating func takePlace() -> Help? {
        guard let index = sharedPasses.firstIndex(where: { $0.places > 0 }) else { return nil }
        sharedPasses[index].places -= 1
        return sharedPasses[index].help
    }

    /// Notes the embeddings of texts that a thread took, which are cached by now, and returns the calls that have all of
    /// theirs.
    mutating func finish(
        _ work: Work, _ embeddings: [TextEmbedding], took duration: Duration, now: ContinuousClock.Instant
    ) -> [Completion] {
        sharedPasses.removeAll { $0.flight == work.items.first?.flight }
        let seconds = duration / .seconds(1)
        if seconds > 0 { tokensPerSecond += 0.2 * (Double(work.tokenCount) / seconds - tokensPerSecond) }

        var completions: [Completion] = []
        for (item, embedding) in zip(work.items, embeddings) {
            guard let flight = flights.removeValue(forKey: item.flight) else { continue }
            flightOfKey[flight.key] = nil
            for waiter in flight.waiters {
                guard calls[waiter.call] != nil else { continue }
                calls[waiter.call]?.answer.embeddings[waiter.row] = embedding
                calls[waiter.call]?.remaining -= 1
                guard let call = calls[waiter.call], call.remaining == 0 else { continue }
                var answer = call.answer
                let started = call.firstTaken ?? call.submitted
                answer.timings.queue = call.submitted.duration(to: max(started, call.submitted))
                answer.timings.forward = max(started, call.submitted).duration(to: now)
                if let completion = end(waiter.call, with: .success(answer)) { completions.append(completion) }
            }
        }
        return completions
    }

    /// Notes that a thread has its memory and has touched the weights; returns those who waited for the last one.
    mutating func noteWarmThread() -> [CheckedContinuation<Void, Never>] {
        warmThreads += 1
        guard warmThreads >= options.threads else { return [] }
        defer { readinessWaiters = [] }
        return readinessWaiters
    }

    /// Lets someone wait until all threads are warm; false where they are already.
    mutating func waitForWarmThreads(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        guard warmThreads < options.threads else { return false }
        readinessWaiters.append(continuation)
        return true
    }

    /// Texts that wait for a pass or are in one.
    var textsInFlight: Int { flights.count }

    /// What waits for a thread, attributions among it.
    var length: TierQueue {
        TierQueue(
            waitingItems: queuedTexts + attributions.waitingTextCount, calls: calls.count + attributions.callCount)
    }

    /// Refuses what comes and ends every call with ``EmbeddingError/shutDown``.
    mutating func shutDown() -> [Completion] {
        isShutDown = true
        flights = [:]
        flightOfKey = [:]
        queuedTokens = 0
        queuedTexts = 0
        queuedTokensOfEncoder = [:]
        return calls.keys.compactMap { number in end(number, with: .failure(EmbeddingError.shutDown)) }
    }

    private mutating func launch(_ request: Request, now: ContinuousClock.Instant) -> Int {
        let number = takeNumber()
        flights[number] = Flight(key: request.key, tokenIDs: request.tokenIDs, enqueued: now)
        flightOfKey[request.key] = number
        waiting.append(number, encoder: request.key.encoder, tokens: request.tokenIDs.count)
        countQueued(texts: 1, tokens: request.tokenIDs.count, of: request.key.encoder)
        return number
    }

    private mutating func countQueued(texts: Int, tokens: Int, of encoder: EncoderKey) {
        queuedTexts += texts
        queuedTokens += tokens
        queuedTokensOfEncoder[encoder, default: 0] += tokens
    }

    private mutating func end(_ number: Int, with result: Result<Answer, any Error>) -> Completion? {
        guard let continuation = calls[number]?.continuation else {
            calls[number]?.result = result
            return nil
        }
        calls[number] = nil
        return Completion(continuation: continuation, result: result)
    }

    private mutating func takeNumber() -> Int {
        nextNumber += 1
        return nextNumber
    }
}
