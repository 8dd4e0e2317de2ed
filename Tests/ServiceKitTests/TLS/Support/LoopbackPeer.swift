import NIOCore
import NIOPosix
import NIOTLS
import ServiceKit
import Synchronization

/// What a handler behind the TLS handler saw, in order.
final class EventLog: Sendable {
    enum Event: Sendable {
        case active
        case handshakeCompleted(String?)
        case data(ByteBuffer)
        case failed(any Error)
        case inputClosed
        case inactive
    }

    private let log = Mutex<[Event]>([])

    func append(_ event: Event) {
        log.withLock { $0.append(event) }
    }

    var events: [Event] { log.withLock { $0 } }

    /// All plaintext received so far.
    var received: ByteBuffer {
        var all = ByteBuffer()
        for case .data(let buffer) in events { all.writeImmutableBuffer(buffer) }
        return all
    }

    var receivedBytes: Int {
        log.withLock { $0.reduce(0) { if case .data(let buffer) = $1 { $0 + buffer.readableBytes } else { $0 } } }
    }

    var errors: [TLSError] {
        events.compactMap { if case .failed(let error) = $0 { error as? TLSError } else { nil } }
    }

    var isHandshakeCompleted: Bool {
        events.contains { if case .handshakeCompleted = $0 { true } else { false } }
    }

    var isInactive: Bool { events.contains { if case .inactive = $0 { true } else { false } } }

    var isInputClosed: Bool { events.contains { if case .inputClosed = $0 { true } else { false } } }
}

/// Records every inbound event; `onRead` may act on what came.
final class RecordingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let log: EventLog
    private let onRead: (@Sendable (ChannelHandlerContext, ByteBuffer) -> Void)?

    init(log: EventLog, onRead: (@Sendable (ChannelHandlerContext, ByteBuffer) -> Void)? = nil) {
        self.log = log
        self.onRead = onRead
    }

    func channelActive(context: ChannelHandlerContext) {
        log.append(.active)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        log.append(.data(buffer))
        onRead?(context, buffer)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let name) = event as? TLSUserEvent { log.append(.handshakeCompleted(name)) }
        if case .inputClosed = event as? ChannelEvent { log.append(.inputClosed) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        log.append(.failed(error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        log.append(.inactive)
    }
}

/// One end of a TCP connection over loopback and what it saw.
struct LoopbackPeer: Sendable {
    let channel: any Channel
    let log: EventLog
    private let peer: IdentityBox

    init(channel: any Channel, log: EventLog, peer: IdentityBox) {
        self.channel = channel
        self.log = log
        self.peer = peer
    }

    /// What its TLS handler says of the other end.
    var identity: PeerIdentity? { peer.identity }

    /// Writes, and flushes unless told otherwise, without waiting.
    func start(_ buffer: ByteBuffer, flush: Bool = true) -> EventLoopFuture<Void> {
        let written = channel.eventLoop.makePromise(of: Void.self)
        channel.write(buffer, promise: written)
        if flush { channel.flush() }
        return written.futureResult
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }
}

final class IdentityBox: Sendable {
    private let value = Mutex<PeerIdentity?>(nil)
    var identity: PeerIdentity? { value.withLock { $0 } }
    func set(_ identity: PeerIdentity) { value.withLock { $0 = identity } }
}

/// Waits until `condition` holds, at most `seconds`; says whether it came to hold.
func eventually(within seconds: Double = 5, _ condition: () -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while !condition() {
        guard ContinuousClock.now < end else { return false }
        try await Task.sleep(for: .milliseconds(2))
    }
    return true
}
