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

    fileprivate func opened(_ channel: any Channel) {
        connections.withLock { $0[ObjectIdentifier(channel)] = Connection() }
    }

    fileprivate func hungUp(_ channel: any Channel) {
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

    fileprivate func closed(_ channel: any Channel) {
        hungUp(channel)
        connections.withLock { $0[ObjectIdentifier(channel)] = nil }
    }
}

/// The caller closed the connection before the answer was ready.
struct CallerHungUp: Error {}

/// Watches over one HTTP connection: says when the caller hangs up, and ends the connection where the caller does not
/// take its answer.
final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny

    private let hangUps: HangUps
    private let writeTimeout: TimeAmount
    private var stalled: Scheduled<Void>?

    /// - Parameter writeTimeout: how long an answer may wait for the caller to take more of it.
    init(hangUps: HangUps, writeTimeout: TimeAmount) {
        self.hangUps = hangUps
        self.writeTimeout = writeTimeout
    }

    func handlerAdded(context: ChannelHandlerContext) { hangUps.opened(context.channel) }

    func handlerRemoved(context: ChannelHandlerContext) {
        stalled?.cancel()
        hangUps.closed(context.channel)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { hangUps.hungUp(context.channel) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stalled?.cancel()
        hangUps.hungUp(context.channel)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stalled?.cancel()
        stalled = nil
        if !context.channel.isWritable {
            stalled = context.eventLoop.assumeIsolated().scheduleTask(in: writeTimeout) {
                context.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }
}

// Confined to the event loop of its channel.
@available(*, unavailable)
extension ConnectionGuard: Sendable {}
