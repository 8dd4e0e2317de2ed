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
        /// Whether the channel reads by itself, from the start.
        var autoRead = true
        var onWire: WireHandler.Decide?
        var onRead: (@Sendable (ChannelHandlerContext, ByteBuffer) -> Void)?
        /// Goes behind the TLS handler.
        var extra: (@Sendable () -> any ChannelHandler)?

        static func tls(
            _ configuration: TLSConfiguration, _ role: TLSRole, limits: TLSHandler.Limits = .init(),
            allowsHalfClosure: Bool = false, autoRead: Bool = true, onWire: WireHandler.Decide? = nil,
            onRead: (@Sendable (ChannelHandlerContext, ByteBuffer) -> Void)? = nil,
            extra: (@Sendable () -> any ChannelHandler)? = nil
        ) throws -> End {
            End(
                context: try TLSContext(configuration: configuration, role: role), limits: limits,
                allowsHalfClosure: allowsHalfClosure, autoRead: autoRead, onWire: onWire, onRead: onRead, extra: extra)
        }

        /// Puts the handlers of this end into its channel.
        fileprivate func assemble(
            _ channel: any Channel, log: EventLog, tls: (TLSContext) throws(TLSError) -> TLSHandler
        ) throws {
            let pipeline = channel.pipeline.syncOperations
            if let onWire { try pipeline.addHandler(WireHandler(onWire)) }
            if let context { try pipeline.addHandler(tls(context)) }
            if let extra { try pipeline.addHandler(extra()) }
            try pipeline.addHandler(RecordingHandler(log: log, onRead: onRead))
        }

        /// A peer that knows no TLS.
        static let plain = End()
    }

    /// Connects two ends that trust each other by certificates of one authority, with `h2`.
    static func connected(
        server: (TLSConfiguration) throws -> End = { try .tls($0, .server) },
        client: (TLSConfiguration) throws -> End = { try .tls($0, .client) }
    ) async throws -> Loopback {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("both"))
        let loopback = try await connect(server: server(configuration), client: client(configuration))
        guard try await loopback.handshake() else { throw HandshakeFailed(log: loopback.errors) }
        return loopback
    }

    struct HandshakeFailed: Error {
        var log: [TLSError]
    }

    /// What went wrong at either end.
    var errors: [TLSError] { server.log.errors + client.log.errors }

    /// Connects the ends; returns when both channels exist, not when the handshake is over.
    static func connect(server: End, client: End, serverName: String = "localhost") async throws -> Loopback {
        let group = MultiThreadedEventLoopGroup.singleton
        let accepted = group.any().makePromise(of: (any Channel).self)
        let serverLog = EventLog()
        let serverIdentity = IdentityBox()
        let listener = try await ServerBootstrap(group: group)
            .childChannelOption(.allowRemoteHalfClosure, value: server.allowsHalfClosure)
            .childChannelOption(.autoRead, value: server.autoRead)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try server.assemble(channel, log: serverLog) { context throws(TLSError) in
                        try TLSHandler(accepting: context, limits: server.limits) { serverIdentity.set($1) }
                    }
                    accepted.succeed(channel)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let clientLog = EventLog()
        let clientIdentity = IdentityBox()
        let channel = try await ClientBootstrap(group: group)
            .channelOption(.allowRemoteHalfClosure, value: client.allowsHalfClosure)
            .channelOption(.autoRead, value: client.autoRead)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try client.assemble(channel, log: clientLog) { context throws(TLSError) in
                        try TLSHandler(connecting: context, to: serverName, limits: client.limits) {
                            clientIdentity.set($1)
                        }
                    }
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
