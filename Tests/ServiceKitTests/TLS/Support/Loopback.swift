import NIOCore
import NIOPosix
import ServiceKit
import Synchronization

/// A TCP connection over 127.0.0.1 whose ends speak TLS, or plain bytes where no context is given.
struct Loopback {
    let server: LoopbackPeer
    let client: LoopbackPeer
    private let listener: any Channel

    /// What one end is made of.
    struct End: Sendable {
        var context: TLSContext?
        var limits = TLSHandler.Limits()
        var allowsHalfClosure = false
        var onRead: (@Sendable (ChannelHandlerContext, ByteBuffer) -> Void)?

        static func tls(
            _ configuration: TLSConfiguration, _ role: TLSRole, limits: TLSHandler.Limits = .init(),
            allowsHalfClosure: Bool = false,
            onRead: (@Sendable (ChannelHandlerContext, ByteBuffer) -> Void)? = nil
        ) throws -> End {
            End(
                context: try TLSContext(configuration: configuration, role: role), limits: limits,
                allowsHalfClosure: allowsHalfClosure, onRead: onRead)
        }

        /// A peer that knows no TLS.
        static let plain = End()
    }

    /// Connects the ends; returns when both channels exist, not when the handshake is over.
    static func connect(server: End, client: End, serverName: String = "localhost") async throws -> Loopback {
        let group = MultiThreadedEventLoopGroup.singleton
        let accepted = group.any().makePromise(of: (any Channel).self)
        let serverLog = EventLog()
        let serverIdentity = IdentityBox()
        let listener = try await ServerBootstrap(group: group)
            .childChannelOption(.allowRemoteHalfClosure, value: server.allowsHalfClosure)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context = server.context {
                        try channel.pipeline.syncOperations.addHandler(
                            TLSHandler(accepting: context, limits: server.limits) { serverIdentity.set($1) })
                    }
                    try channel.pipeline.syncOperations.addHandler(
                        RecordingHandler(log: serverLog, onRead: server.onRead))
                    accepted.succeed(channel)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let clientLog = EventLog()
        let clientIdentity = IdentityBox()
        let channel = try await ClientBootstrap(group: group)
            .channelOption(.allowRemoteHalfClosure, value: client.allowsHalfClosure)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context = client.context {
                        try channel.pipeline.syncOperations.addHandler(
                            TLSHandler(connecting: context, to: serverName, limits: client.limits) {
                                clientIdentity.set($1)
                            })
                    }
                    try channel.pipeline.syncOperations.addHandler(
                        RecordingHandler(log: clientLog, onRead: client.onRead))
                }
            }
            .connect(to: listener.localAddress!).get()
        return Loopback(
            server: LoopbackPeer(channel: try await accepted.futureResult.get(), log: serverLog, peer: serverIdentity),
            client: LoopbackPeer(channel: channel, log: clientLog, peer: clientIdentity),
            listener: listener)
    }

    /// Waits until both ends are through the handshake.
    func handshake() async throws -> Bool {
        try await eventually { server.log.isHandshakeCompleted && client.log.isHandshakeCompleted }
    }

    /// Closes what is still open.
    func close() async throws {
        for channel in [client.channel, server.channel, listener] {
            try? await channel.close()
            try await channel.closeFuture.get()
        }
    }
}
