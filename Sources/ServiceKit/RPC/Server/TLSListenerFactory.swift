import GRPCNIOTransportHTTP2Posix
import Logging
import NIOCore
import NIOPosix

/// Listens on TCP and puts our TLS handler under gRPC's HTTP/2 pipeline on each connection.
struct TLSListenerFactory: HTTP2ServerTransport.ListenerFactory {
    let eventLoopGroup: any EventLoopGroup
    let host: String
    let port: Int
    let credentials: TLSCredentials
    let peers: PeerTable
    let logger: Logger

    func makeListeningChannel(
        listenerConfigurator: HTTP2ServerTransport.ListenerConfigurator,
        connectionConfigurator: HTTP2ServerTransport.ConnectionConfigurator
    ) async throws -> NIOAsyncChannel<HTTP2ServerTransport.ConnectionConfigurator.ConnectionChannel, Never> {
        try await ServerBootstrap(group: eventLoopGroup)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .serverChannelInitializer { listenerConfigurator.configure(channel: $0) }
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let tls = try TLSHandler(accepting: credentials.current) { [peers] channel, identity in
                        peers.insert(identity, of: channel)
                    }
                    let errors = TLSErrorLogger(logger: logger, message: "refused a connection")
                    try channel.pipeline.syncOperations.addHandlers([tls, errors])
                }.flatMap {
                    connectionConfigurator.configure(channel: channel, tls: .configured(requireALPN: true))
                }
            }
    }
}
