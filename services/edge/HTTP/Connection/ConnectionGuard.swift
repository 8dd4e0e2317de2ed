internal import NIOCore
internal import NIOHTTPTypes

/// Watches over one HTTP connection: says when the caller hangs up, and ends the connection where the caller sends
/// nothing that is waited for, or does not take its answer.
///
/// A body that the edge does not ask for, because it still judges what came before, is nobody's delay.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let hangUps: HangUps
    private let idleTimeout: TimeAmount
    private let writeTimeout: TimeAmount
    private var stalled: Scheduled<Void>?
    private var idle: Scheduled<Void>?
    /// True while the caller is to send: a request, or more of one.
    private var awaitsCaller = true
    /// True once more was asked for that has not come.
    private var hasAsked = false
    private var lastSign = NIODeadline.now()

    /// - Parameters:
    ///   - idleTimeout: how long a connection may bring nothing while a request is awaited or read.
    ///   - writeTimeout: how long an answer may wait for the caller to take more of it.
    init(hangUps: HangUps, idleTimeout: TimeAmount, writeTimeout: TimeAmount) {
        self.hangUps = hangUps
        self.idleTimeout = idleTimeout
        self.writeTimeout = writeTimeout
    }

    func handlerAdded(context: ChannelHandlerContext) {
        hangUps.opened(context.channel)
        watch(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stalled?.cancel()
        idle?.cancel()
        hangUps.closed(context.channel)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { hangUps.hungUp(context.channel) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stalled?.cancel()
        idle?.cancel()
        hangUps.hungUp(context.channel)
        context.fireChannelInactive()
    }

    func read(context: ChannelHandlerContext) {
        if !hasAsked { lastSign = .now() }
        hasAsked = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasAsked = false
        lastSign = .now()
        if case .end = unwrapInboundIn(data) { awaitsCaller = false } else { awaitsCaller = true }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            awaitsCaller = true
            lastSign = .now()
        }
        context.write(data, promise: promise)
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

    /// Looks again when the time may be over.
    private func watch(_ context: ChannelHandlerContext) {
        let isWaiting = awaitsCaller && hasAsked
        let deadline = (isWaiting ? lastSign : .now()) + idleTimeout
        idle = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            let isOver = self.awaitsCaller && self.hasAsked && .now() >= self.lastSign + self.idleTimeout
            if isOver { context.close(promise: nil) } else { self.watch(context) }
        }
    }
}

// Confined to the event loop of its channel.
@available(*, unavailable)
extension ConnectionGuard: Sendable {}
