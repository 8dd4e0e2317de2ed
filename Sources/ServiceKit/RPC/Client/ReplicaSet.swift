import GRPCCore
import Logging
import Synchronization

/// The replicas of a tier: finds them, keeps them connected and says which of them takes the next call.
///
/// That is the one with the fewest calls under way of those that do not fail, by turns where several have as few: so a
/// slow replica gets the fewer calls, the slower it is.
final class ReplicaSet: Sendable {
    /// How a call to a replica ended, as far as it tells of the replica.
    enum Outcome {
        case succeeded(method: String, after: Duration)
        case failed
        /// The caller gave it up, or its request was wrong.
        case untold
    }

    fileprivate struct Entry {
        let replica: Replica
        var callsUnderWay = 0
        var breaker = CircuitBreaker()
    }

    fileprivate struct State {
        var entries: [Entry] = []
        /// To all replicas, those among them that have left.
        var callsUnderWay = 0
        var budget = HedgeBudget()
        var turn = 0
        var isShutDown = false
    }

    private let configuration: TierClientConfiguration
    private let credentials: TLSCredentials
    private let logger: Logger
    private let state = Mutex(State())
    private let found: AsyncStream<Replica>
    private let foundContinuation: AsyncStream<Replica>.Continuation

    /// How often host names are looked up anew.
    private static let lookUpInterval = Duration.seconds(5)

    init(_ configuration: TierClientConfiguration, credentials: TLSCredentials, logger: Logger) {
        self.configuration = configuration
        self.credentials = credentials
        self.logger = logger
        (found, foundContinuation) = AsyncStream.makeStream()
    }

    var status: [ReplicaStatus] {
        state.withLock { state in
            state.entries.map {
                ReplicaStatus(
                    address: $0.replica.address, callsUnderWay: $0.callsUnderWay, isLeftAlone: !$0.breaker.isClosed)
            }
        }
    }

    /// The replicas that are not left alone.
    var connected: [Replica] { state.withLock { $0.entries.filter(\.breaker.isClosed).map(\.replica) } }

    /// Keeps the connections until `shutDown`.
    func run() async {
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await self.keepLookingUp() }
            await withTaskGroup(of: ConnectionEvent.self) { connections in
                var open = 0
                for await replica in found {
                    open += 1
                    connections.addTask {
                        await replica.run(logger: self.logger)
                        return .closed
                    }
                }
                connections.addTask {
                    await self.waitToClose()
                    return .overdue
                }
                while open > 0, let event = await connections.next() {
                    switch event {
                    case .closed: open -= 1
                    case .overdue: connections.cancelAll()
                    }
                }
                connections.cancelAll()
            }
            tasks.cancelAll()
        }
    }

    private enum ConnectionEvent { case closed, overdue }

    /// Returns a while after the last call. A connection that its server closes just then may never end by itself: the
    /// transport misses the event.
    private func waitToClose() async {
        do {
            while state.withLock({ $0.callsUnderWay > 0 }) { try await Task.sleep(for: .milliseconds(20)) }
            try await Task.sleep(for: Self.closingTime)
        } catch {}  // cancelled: all are closed
    }

    private static let closingTime = Duration.seconds(1)

    /// Lets the calls under way end and then ends `run`.
    func shutDown() {
        let replicas = state.withLock { state in
            state.isShutDown = true
            return state.entries.map(\.replica)
        }
        for replica in replicas { replica.client.beginGracefulShutdown() }
        foundContinuation.finish()
    }

    private func keepLookingUp() async {
        while !Task.isCancelled {
            do { try await lookUp() } catch {
                logger.notice("cannot look up the \(configuration.tier) tier", error: error)
            }
            guard (try? await Task.sleep(for: Self.lookUpInterval)) != nil else { return }
        }
    }

    /// Takes up replicas that came and lets go those that went.
    private func lookUp() async throws {
        let addresses = try await configuration.replicas.resolved()
        let (new, gone) = try state.withLock { state -> ([Replica], [Replica]) in
            guard !state.isShutDown else { return ([], []) }
            let gone = state.entries.filter { !addresses.contains($0.replica.address) }.map(\.replica)
            state.entries.removeAll { !addresses.contains($0.replica.address) }
            var new: [Replica] = []
            for address in addresses where !state.entries.contains(where: { $0.replica.address == address }) {
                let replica = try Replica(address, configuration, credentials: credentials, logger: logger)
                state.entries.append(Entry(replica: replica))
                new.append(replica)
            }
            return (new, gone)
        }
        for replica in new { foundContinuation.yield(replica) }
        for replica in gone { replica.client.beginGracefulShutdown() }
    }

    /// The replica for a call, which is then under way; nil where all that may be called were tried.
    ///
    /// - Throws: `RPCError` where there are none.
    func take(besides tried: [Replica]) async throws -> Replica? {
        if state.withLock({ $0.entries.isEmpty }) { try await lookUp() }
        return try state.withLock { state throws(RPCError) -> Replica? in
            guard !state.isShutDown else {
                throw RPCError(code: .unavailable, message: "the client of the tier is closed")
            }
            guard !state.entries.isEmpty else {
                throw RPCError(code: .unavailable, message: "the tier has no replica")
            }
            return state.take(besides: tried, mayFail: tried.isEmpty)
        }
    }

    /// Another replica for a call that takes long, where there is one and few calls were doubled of late.
    func takeSecond(besides tried: [Replica]) -> Replica? {
        state.withLock { state in
            guard state.entries.count > 1, state.budget.take() else { return nil }
            return state.take(besides: tried, mayFail: false)
        }
    }

    /// How long a call is waited for before another replica gets it as well; nil where there is no other.
    func patience(with method: String) -> Duration? {
        state.withLock { $0.entries.count > 1 ? $0.budget.patience(with: method) : nil }
    }

    func ended(_ replica: Replica, _ outcome: Outcome) {
        let now = ContinuousClock.now
        state.withLock { state in
            state.callsUnderWay -= 1
            if case .succeeded(let method, let duration) = outcome { state.budget.succeeded(method, after: duration) }
            guard let index = state.entries.firstIndex(where: { $0.replica === replica }) else { return }
            state.entries[index].callsUnderWay -= 1
            switch outcome {
            case .succeeded: state.entries[index].breaker.callSucceeded()
            case .failed: state.entries[index].breaker.callFailed(at: now)
            case .untold: state.entries[index].breaker.callAbandoned(at: now)
            }
        }
    }

    /// Another replica answered sooner, though it was asked later.
    func wasOvertaken(_ replica: Replica) {
        let now = ContinuousClock.now
        state.withLock { state in
            guard let index = state.entries.firstIndex(where: { $0.replica === replica }) else { return }
            state.entries[index].breaker.callFailed(at: now)
        }
    }
}

extension ReplicaSet.State {
    /// - Parameter mayFail: where all are to be left alone, gives the one that is due first: it may have recovered.
    fileprivate mutating func take(besides tried: [Replica], mayFail: Bool) -> Replica? {
        let now = ContinuousClock.now
        let candidates = entries.indices.filter { index in !tried.contains { $0 === entries[index].replica } }
        var choice = candidates.filter { entries[$0].breaker.admitsCall(at: now) }
        if choice.isEmpty, mayFail { choice = candidates }
        turn &+= 1
        let count = entries.count
        let chosen = choice.min { left, right in
            let (first, second) = (entries[left].callsUnderWay, entries[right].callsUnderWay)
            return first == second
                ? (left + turn) % count < (right + turn) % count : first < second
        }
        guard let chosen else { return nil }
        callsUnderWay += 1
        entries[chosen].callsUnderWay += 1
        entries[chosen].breaker.callBegan()
        return entries[chosen].replica
    }
}
