internal import NIOCore
internal import Synchronization

/// Which HTTP connections their callers have given up, so that work for nobody can end.
final class HangUps: Sendable {
    private struct Connection {
        var hasHungUp = false
        var waiting: [Int: AsyncStream<Never>.Continuation] = [:]
    }

    private let connections = Mutex<[ObjectIdentifier: Connection]>([:])
    private let nextWaiter = Atomic(0)

    /// The result of `work`, which is cancelled when the caller on `channel` hangs up.
    func cancelling<Result: Sendable>(
        on channel: any Channel, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                await self.hangUp(on: channel)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else { throw CallerHungUp() }
            return result
        }
    }

    /// Returns when the caller is gone or the task is cancelled.
    private func hangUp(on channel: any Channel) async {
        let connection = ObjectIdentifier(channel)
        let waiter = nextWaiter.add(1, ordering: .relaxed).newValue
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        let hasHungUp = connections.withLock { connections in
            // A channel without our handler, as in a test without sockets, never hangs up.
            guard let known = connections[connection], !known.hasHungUp else {
                return connections[connection] != nil
            }
            connections[connection]?.waiting[waiter] = continuation
            return false
        }
        if hasHungUp { return }
        for await _ in stream {}
        connections.withLock { _ = $0[connection]?.waiting.removeValue(forKey: waiter) }
    }

    func opened(_ channel: any Channel) {
        connections.withLock { $0[ObjectIdentifier(channel)] = Connection() }
    }

    func hungUp(_ channel: any Channel) {
        let waiting = connections.withLock { connections in
            guard let waiting = connections[ObjectIdentifier(channel)]?.waiting else {
                return [] as [AsyncStream<Never>.Continuation]
            }
            connections[ObjectIdentifier(channel)] = Connection(hasHungUp: true)
            return Array(waiting.values)
        }
        // Not under the lock: the end of a stream wakes its reader.
        for continuation in waiting { continuation.finish() }
    }

    func closed(_ channel: any Channel) {
        hungUp(channel)
        connections.withLock { $0[ObjectIdentifier(channel)] = nil }
    }
}

/// The caller closed the connection before the answer was ready.
struct CallerHungUp: Error {}
