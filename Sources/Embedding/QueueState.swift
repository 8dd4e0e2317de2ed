internal import TocsinCore

/// The texts that wait for a forward pass or are in one, and the calls that wait for them: transitions without threads.
///
/// Every text is here once however many calls ask for it. A text that no call waits for any more is dropped before it
/// is computed. Nothing is padded, so texts of any lengths share a pass and the longest-waiting go first.
struct QueueState {
    /// A text that a call wants.
    struct Request: Sendable {
        let row: Int
        let key: TextKey
        let tokenIDs: [Int32]
    }

    /// A text that a thread computes.
    struct Work: Sendable {
        let flight: Int
        let tokenIDs: [Int32]
    }

    /// What a call gets in the end: its results by row, and where its time went.
    struct Answer: Sendable {
        var embeddings: [Int: TextEmbedding] = [:]
        var timings = EmbeddingTimings()
    }

    /// A call that has ended and whose caller is to be told.
    struct Completion {
        let continuation: CheckedContinuation<Answer, any Error>
        let result: Result<Answer, any Error>
    }

    /// What a thread that asks for work gets.
    enum Turn {
        case work([Work])
        /// Nothing yet; look again when something is submitted, or after this long.
        case wait(Duration?)
        case stop
    }

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

    private let options: EmbeddingOptions
    private(set) var cache: VectorCache
    private var flights: [Int: Flight] = [:]
    private var flightOfKey: [TextKey: Int] = [:]
    /// Flight numbers, longest-waiting first, from `head`; dropped ones are skipped when they are reached.
    private var waiting: [Int] = []
    private var head = 0
    private(set) var queuedTokens = 0
    private var calls: [Int: Call] = [:]
    private var nextNumber = 0
    private var idleThreads = 0
    private var warmThreads = 0
    private var readinessWaiters: [CheckedContinuation<Void, Never>] = []
    private var isShutDown = false
    /// Of one thread, by the last passes.
    private var tokensPerSecond = 2_000.0

    init(_ options: EmbeddingOptions) {
        self.options = options
        cache = VectorCache(maxBytes: options.maxCacheBytes)
    }

    /// The cached embeddings of `keys`, nil where there is none.
    mutating func cached(_ keys: [TextKey]) -> [TextEmbedding?] {
        keys.map { cache.value(for: $0) }
    }

    /// Opens a call for texts that are not cached and returns its number.
    ///
    /// - Parameter requests: at least one.
    mutating func submit(_ requests: [Request], now: ContinuousClock.Instant) throws(EmbeddingError) -> Int {
        guard !isShutDown else { throw .shutDown }
        let fresh = requests.reduce(0) { flightOfKey[$1.key] == nil ? $0 + $1.tokenIDs.count : $0 }
        guard fresh == 0 || queuedTokens == 0 || queuedTokens + fresh <= options.maxQueuedTokens else {
            let seconds = Double(queuedTokens) / (tokensPerSecond * Double(options.threads))
            throw .overloaded(
                queuedTokens: queuedTokens, limit: options.maxQueuedTokens, retryAfter: .seconds(max(seconds, 0.001)))
        }
        let number = takeNumber()
        var call = Call(submitted: now)
        call.remaining = requests.count
        for request in requests {
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
                queuedTokens -= dropped.tokenIDs.count
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
        while head < waiting.count, flights[waiting[head]] == nil { head += 1 }
        guard head < waiting.count, let oldest = flights[waiting[head]] else {
            waiting.removeAll(keepingCapacity: true)
            head = 0
            idleThreads += 1
            return .wait(nil)
        }
        let waited = oldest.enqueued.duration(to: now)
        if queuedTokens < options.maxBatchTokens, waited < options.maxBatchWait {
            idleThreads += 1
            return .wait(options.maxBatchWait - waited)
        }

        let sharers = idleThreads + 1
        let budget = min(options.maxBatchTokens, (queuedTokens + sharers - 1) / sharers)
        var taken: [Work] = []
        var tokens = 0
        while head < waiting.count {
            let number = waiting[head]
            guard let flight = flights[number] else {
                head += 1
                continue
            }
            guard taken.isEmpty || tokens + flight.tokenIDs.count <= budget else { break }
            head += 1
            tokens += flight.tokenIDs.count
            flights[number]?.isRunning = true
            for waiter in flight.waiters where calls[waiter.call]?.firstTaken == nil {
                calls[waiter.call]?.firstTaken = now
            }
            taken.append(Work(flight: number, tokenIDs: flight.tokenIDs))
        }
        queuedTokens -= tokens
        return .work(taken)
    }

    /// Notes the embeddings of texts that a thread took and returns the calls that have all of theirs now.
    mutating func finish(
        _ work: [Work], _ embeddings: [TextEmbedding], took duration: Duration, now: ContinuousClock.Instant
    ) -> [Completion] {
        let tokens = work.reduce(0) { $0 + $1.tokenIDs.count }
        let seconds = duration / .seconds(1)
        if seconds > 0 { tokensPerSecond += 0.2 * (Double(tokens) / seconds - tokensPerSecond) }

        var completions: [Completion] = []
        for (item, embedding) in zip(work, embeddings) {
            guard let flight = flights.removeValue(forKey: item.flight) else { continue }
            flightOfKey[flight.key] = nil
            cache.insert(embedding, for: flight.key)
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

    /// What the queue and the cache hold now.
    var statistics: EmbeddingStatistics {
        EmbeddingStatistics(
            queuedTokens: queuedTokens, textsInFlight: flights.count, cachedVectors: cache.count,
            cacheBytes: cache.bytes, cacheHits: cache.hits, cacheMisses: cache.misses)
    }

    /// Refuses what comes and ends every call with ``EmbeddingError/shutDown``.
    mutating func shutDown() -> [Completion] {
        isShutDown = true
        flights = [:]
        flightOfKey = [:]
        queuedTokens = 0
        return calls.keys.compactMap { number in end(number, with: .failure(EmbeddingError.shutDown)) }
    }

    private mutating func launch(_ request: Request, now: ContinuousClock.Instant) -> Int {
        let number = takeNumber()
        flights[number] = Flight(key: request.key, tokenIDs: request.tokenIDs, enqueued: now)
        flightOfKey[request.key] = number
        waiting.append(number)
        queuedTokens += request.tokenIDs.count
        return number
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
