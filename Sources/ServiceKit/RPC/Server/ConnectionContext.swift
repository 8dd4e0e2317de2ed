import GRPCCore

/// What the transport tells of a call's connection, in `ServerContext.transportSpecific`.
struct ConnectionContext: ServerContext.TransportSpecific {
    let peer: PeerIdentity?
    /// Whether the server has begun to shut down gracefully.
    let isDraining: @Sendable () -> Bool
}

extension ServerContext {
    var connection: ConnectionContext? { transportSpecific as? ConnectionContext }

    /// Runs a handler's work in a task that is cancelled when the caller is gone: the stream was reset, the connection
    /// lost or the deadline passed.
    ///
    /// gRPC tells a handler so through `cancellation` alone. Only the work is cancelled, not the task that writes
    /// the status: in a cancelled task that write would fail and leave the stream open.
    func cancellingWhenCallerLeaves<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Event<Result>.self) { group in
            group.addTask { .finished(try await work()) }
            group.addTask { await hasCallerLeft() ? .callerLeft : .noNews }
            for try await event in group {
                switch event {
                case .finished(let result):
                    group.cancelAll()
                    return result
                case .callerLeft: group.cancelAll()
                case .noNews: continue
                }
            }
            throw CancellationError()
        }
    }

    private func hasCallerLeft() async -> Bool {
        // Throws when the work has ended first.
        guard (try? await cancellation.cancelled) != nil else { return false }
        guard connection?.isDraining() ?? false else { return true }
        // The handle is also set, once and for all, when a graceful shutdown begins: the call may go on to its end.
        guard let deadline = CallContext.current?.deadline else { return false }
        return (try? await Task.sleep(until: deadline, clock: .continuous)) != nil
    }
}

private enum Event<Result: Sendable>: Sendable {
    case finished(Result)
    case callerLeft
    case noNews
}
