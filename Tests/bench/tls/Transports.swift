import GRPCCore
import GRPCNIOTransportHTTP2Posix
import NIOCore
import NIOPosix
import ServiceKit

/// The transports compared, the same in everything but TLS.
enum Variant: String, CaseIterable {
    case tocsin
    case niossl
    case plaintext
}

/// Certificates made by `run`.
struct Certificates {
    var directory: String
    var chain: String { directory + "/both.pem" }
    var key: String { directory + "/both.key" }
    var roots: String { directory + "/authority.pem" }

    func context(_ role: TLSRole) throws -> TLSContext {
        try TLSContext(
            configuration: TLSConfiguration(certificateChain: chain, privateKey: key, trustRoots: roots), role: role)
    }
}

/// The window and message limit of Tocsin's own services.
enum Setting {
    static let windowBytes = 8 << 20
    static let messageBytes = 64 << 20
}

/// Listens with Tocsin's handler.
struct TocsinListener: HTTP2ServerTransport.ListenerFactory {
    let eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    let port: Int
    let context: TLSContext

    func makeListeningChannel(
        listenerConfigurator: HTTP2ServerTransport.ListenerConfigurator,
        connectionConfigurator: HTTP2ServerTransport.ConnectionConfigurator
    ) async throws -> NIOAsyncChannel<HTTP2ServerTransport.ConnectionConfigurator.ConnectionChannel, Never> {
        try await ServerBootstrap(group: eventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .serverChannelInitializer { listenerConfigurator.configure(channel: $0) }
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLSHandler(accepting: context))
                }.flatMap { connectionConfigurator.configure(channel: channel, tls: .configured(requireALPN: true)) }
            }
    }
}

extension Variant {
    func serve(port: Int, certificates: Certificates) async throws {
        switch self {
        case .tocsin:
            var config = HTTP2ServerTransport.Custom<TocsinListener>.Config.defaults
            config.rpc.maxRequestPayloadSize = Setting.messageBytes
            config.http2.targetWindowSize = Setting.windowBytes
            let listener = TocsinListener(port: port, context: try certificates.context(.server))
            try await serve(HTTP2ServerTransport.Custom(listenerFactory: listener, config: config))
        case .niossl:
            try await serve(
                stock(
                    port,
                    .mTLS(
                        certificateChain: [.file(path: certificates.chain, format: .pem)],
                        privateKey: .file(path: certificates.key, format: .pem)
                    ) {
                        $0.trustRoots = .certificates([.file(path: certificates.roots, format: .pem)])
                        $0.requireALPN = true
                    }))
        case .plaintext:
            try await serve(stock(port, .plaintext))
        }
    }

    private func serve(_ transport: some ServerTransport) async throws {
        try await GRPCServer(transport: transport, services: [EchoService()]).serve()
    }

    private func stock(_ port: Int, _ security: HTTP2ServerTransport.Posix.TransportSecurity)
        -> HTTP2ServerTransport.Posix
    {
        HTTP2ServerTransport.Posix(
            address: .ipv4(host: "127.0.0.1", port: port), transportSecurity: security,
            config: .defaults {
                $0.rpc.maxRequestPayloadSize = Setting.messageBytes
                $0.http2.targetWindowSize = Setting.windowBytes
            })
    }

    func client(port: Int, certificates: Certificates) throws -> HTTP2ClientTransport.Posix {
        var config = HTTP2ClientTransport.Posix.Config.defaults
        config.http2.targetWindowSize = Setting.windowBytes
        config.http2.authority = "localhost"
        var security = HTTP2ClientTransport.Posix.TransportSecurity.plaintext
        switch self {
        case .tocsin:
            let context = try certificates.context(.client)
            security = .customSecure
            config.channelDebuggingCallbacks.onCreateTCPConnection = { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        TLSHandler(connecting: context, to: "localhost"), position: .first)
                }
            }
        case .niossl:
            security = .mTLS(
                certificateChain: [.file(path: certificates.chain, format: .pem)],
                privateKey: .file(path: certificates.key, format: .pem)
            ) {
                $0.trustRoots = .certificates([.file(path: certificates.roots, format: .pem)])
            }
        case .plaintext: break
        }
        return try HTTP2ClientTransport.Posix(
            target: .ipv4(address: "127.0.0.1", port: port), transportSecurity: security, config: config)
    }
}
