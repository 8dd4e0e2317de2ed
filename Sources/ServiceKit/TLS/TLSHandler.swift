public import NIOCore
internal import NIOTLS

/// TLS 1.3 for a channel, as client or as server, over libssl.
///
/// Goes first in the pipeline. `channelActive` is passed on at once; what is written before the end of the handshake
/// is held until then. When the handshake is complete the identity is given to `onHandshake`, then
/// `TLSUserEvent.handshakeCompleted` is fired. A failure is fired as `TLSError` by `errorCaught` and ends the channel.
///
/// Closing sends what was flushed, then close_notify, and awaits the peer's end for a bounded time, because a socket
/// that is closed with unread input drops what it sent last.
public final class TLSHandler: ChannelDuplexHandler {
    public typealias InboundIn = ByteBuffer
    public typealias InboundOut = ByteBuffer
    public typealias OutboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    /// What a peer, or a careless owner, can make the handler wait for or hold.
    public struct Limits: Sendable, Hashable {
        /// From the start of the handshake to its end.
        public var handshakeTimeout = TimeAmount.seconds(10)
        /// From the decision to end the connection to its end, whatever is still unsent then.
        public var closeTimeout = TimeAmount.seconds(5)
        /// Plaintext written before the handshake is complete.
        public var heldBytes = 64 << 20
        /// What is received, and discarded, after the decision to end the connection.
        public var bytesAfterClose = 1 << 20
        /// Plaintext encrypted before the transport is asked whether it takes more; also the least that is delivered
        /// before the end of a read cycle.
        public var batchBytes = 1 << 20

        public init() {}
    }

    /// Called on the channel's event loop when the handshake is complete.
    public typealias HandshakeCallback = @Sendable (any Channel, PeerIdentity) -> Void

    /// What the handshake proved; `nil` before its end. To be read on the event loop.
    public internal(set) var peerIdentity: PeerIdentity?

    let connection: TLSConnection
    let limits: Limits
    let onHandshake: HandshakeCallback?
    var state = TLSStateMachine()
    var plaintext = PlaintextQueue()
    /// Plaintext of this read cycle that the next handler has not been given.
    var readBuffer = ByteBuffer()
    var isPumping = false
    /// The next handler was not told that the channel became writable, because held plaintext filled it at once.
    var owesWritability = false
    /// Whether the current read cycle gave the next handler anything.
    var delivered = false
    var bytesAfterClose = 0
    var handshakeTimeout: Scheduled<Void>?
    var closeTimeout: Scheduled<Void>?
    var closePromise: EventLoopPromise<Void>?
    var closeOutputPromise: EventLoopPromise<Void>?
    /// Writes that hold our last bytes (close_notify or an alert) and have not left.
    var finalWrites = 0
    var saidLastWord = false
    var closedTransportOutput = false

    /// Serves a connection.
    public init(
        accepting context: TLSContext, limits: Limits = Limits(), onHandshake: HandshakeCallback? = nil
    ) throws(TLSError) {
        self.connection = try TLSConnection(context: context, serverName: nil)
        self.limits = limits
        self.onHandshake = onHandshake
    }

    /// Opens a connection to a server whose certificate must name `serverName`, a host name or an IP address.
    public init(
        connecting context: TLSContext, to serverName: String, limits: Limits = Limits(),
        onHandshake: HandshakeCallback? = nil
    ) throws(TLSError) {
        self.connection = try TLSConnection(context: context, serverName: TLSServerName(serverName))
        self.limits = limits
        self.onHandshake = onHandshake
    }

    public func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        release(context, error: ChannelError.ioOnClosedChannel)
    }

    public func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        begin(context)
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard state.activate() else { return }
        let limit = limits.handshakeTimeout
        handshakeTimeout = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            guard self.state.isHandshaking else { return }
            self.fail(context, TLSError.handshakeTimedOut(seconds: Double(limit.nanoseconds) / 1e9))
        }
        handshake(context)
        pump(context)
        context.read()
    }

    /// One step of the handshake with what was received.
    func handshake(_ context: ChannelHandlerContext) {
        do {
            switch try connection.handshake() {
            case .needsInput: break
            case .finished(let identity): established(context, identity)
            }
        } catch {
            fail(context, error)
        }
    }

    private func established(_ context: ChannelHandlerContext, _ identity: PeerIdentity) {
        state.handshakeFinished()
        handshakeTimeout?.cancel()
        peerIdentity = identity
        onHandshake?(context.channel, identity)
        context.fireUserInboundEventTriggered(
            TLSUserEvent.handshakeCompleted(negotiatedProtocol: identity.applicationProtocol))
    }

    /// Ends the connection because of `error`: the alert, if OpenSSL made one, still leaves.
    func fail(_ context: ChannelHandlerContext, _ error: TLSError) {
        guard state.fail() else { return }
        handshakeTimeout?.cancel()
        startCloseTimeout(context)
        plaintext.failAll(error)
        closeOutputPromise?.fail(error)
        closeOutputPromise = nil
        context.fireErrorCaught(error)
        pump(context)
    }

    func startCloseTimeout(_ context: ChannelHandlerContext) {
        guard closeTimeout == nil else { return }
        closeTimeout = context.eventLoop.assumeIsolated().scheduleTask(in: limits.closeTimeout) {
            self.closeTransport(context)
        }
    }

    /// Closes the channel now, whatever is unsent.
    func closeTransport(_ context: ChannelHandlerContext) {
        _ = state.transportClosed()
        let promise = closePromise
        closePromise = nil
        context.close(mode: .all, promise: promise)
    }

    /// Lets go of everything that waits.
    func release(_ context: ChannelHandlerContext, error: any Error) {
        handshakeTimeout?.cancel()
        closeTimeout?.cancel()
        plaintext.failAll(error)
        closeOutputPromise?.fail(error)
        closeOutputPromise = nil
        closePromise?.succeed(())
        closePromise = nil
    }
}

// Confined to the event loop of its channel.
@available(*, unavailable)
extension TLSHandler: Sendable {}
