import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// A gRPC server transport over TCP and our TLS, which tells handlers who calls and whether the server is draining.
final class TLSServerTransport: ServerTransport {
    typealias Bytes = GRPCNIOTransportBytes

    private let base: HTTP2ServerTransport.Custom<TLSListenerFactory>
    private let peers = PeerTable()
    private let isDraining = Atomic(false)

    init(
        host: String, port: Int, credentials: TLSCredentials, logger: Logger,
        eventLoopGroup: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup
    ) {
        base = HTTP2ServerTransport.Custom(
            listenerFactory: TLSListenerFactory(
                eventLoopGroup: eventLoopGroup, host: host, port: port, credentials: credentials, peers: peers,
                logger: logger),
            config: Self.configuration)
    }

    private static var configuration: HTTP2ServerTransport.Custom<TLSListenerFactory>.Config {
        var config = HTTP2ServerTransport.Custom<TLSListenerFactory>.Config.defaults
        config.rpc.maxRequestPayloadSize = RPCLimits.messageBytes
        config.http2.targetWindowSize = RPCLimits.windowBytes
        config.connection.maxAge = RPCLimits.connectionAge
        config.connection.keepalive.time = RPCLimits.keepaliveTime
        config.connection.keepalive.timeout = RPCLimits.keepaliveTimeout
        config.connection.keepalive.clientBehavior.allowWithoutCalls = true
        config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = RPCLimits.leastPingInterval
        return config
    }

    /// The port that is listened on, once it is; nil where listening failed.
    var port: Int? { get async { await base.listeningAddress.flatMap { $0.ipv4?.port ?? $0.ipv6?.port } } }

    func listen(
        streamHandler: @escaping @Sendable (RPCStream<Inbound, Outbound>, ServerContext) async -> Void
    ) async throws {
        try await base.listen { stream, context in
            var context = context
            context.transportSpecific = ConnectionContext(
                peer: self.peers[context.remotePeer], isDraining: { self.isDraining.load(ordering: .acquiring) })
            await streamHandler(stream, context)
        }
    }

    func beginGracefulShutdown() {
        isDraining.store(true, ordering: .releasing)
        base.beginGracefulShutdown()
    }

    func configure(context: GRPCServerContext) { base.configure(context: context) }
}
