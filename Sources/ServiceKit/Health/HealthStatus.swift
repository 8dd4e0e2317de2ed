import Synchronization
import WireMessages

/// The health of a server and of each of its services, and everybody who waits for a change of it.
///
/// Begins as NOT_SERVING; the names are fixed at the start.
public final class HealthStatus: Sendable {
    typealias Status = HealthCheckResponse.Status

    private struct State {
        var services: [String: Status]
        var watchers: [Int: (service: String, continuation: AsyncStream<Status>.Continuation)] = [:]
        var nextWatcher = 0
        var isDraining = false
        var isEnded = false

        mutating func setAll(_ status: Status) {
            for name in services.keys { services[name] = status }
            for watcher in watchers.values where services[watcher.service] != nil {
                watcher.continuation.yield(status)
            }
        }
    }

    private let state: Mutex<State>

    /// - Parameter services: full names; the empty name, the server as a whole, is always there.
    public init(services: [String]) {
        state = Mutex(State(services: Dictionary(uniqueKeysWithValues: ([""] + services).map { ($0, .notServing) })))
    }

    /// Says that the server, and so each service, answers calls or does not; without effect once it drains.
    public func set(isServing: Bool) {
        state.withLock { state in
            if !state.isDraining { state.setAll(isServing ? .serving : .notServing) }
        }
    }

    /// Says for good that the server answers no further calls.
    func drain() {
        state.withLock { state in
            state.isDraining = true
            state.setAll(.notServing)
        }
    }

    /// Ends every watch: the server is about to go and a watch would hold it up.
    func end() {
        drain()
        let watchers = state.withLock { state in
            state.isEnded = true
            defer { state.watchers = [:] }
            return state.watchers.values.map(\.continuation)
        }
        // Not under the lock: the end of a stream takes its watcher out of the list.
        for continuation in watchers { continuation.finish() }
    }

    /// Nil for a service that is not there.
    func status(of service: String) -> Status? { state.withLock { $0.services[service] } }

    /// The status now and whenever it changes; SERVICE_UNKNOWN for a service that is not there.
    func changes(of service: String) -> AsyncStream<Status> {
        let (stream, continuation) = AsyncStream<Status>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let watcher = state.withLock { state -> Int? in
            continuation.yield(state.services[service] ?? .serviceUnknown)
            guard !state.isEnded else { return nil }
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = (service, continuation)
            return state.nextWatcher
        }
        guard let watcher else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.watchers[watcher] = nil }
        }
        return stream
    }

    var watcherCount: Int { state.withLock { $0.watchers.count } }
}
