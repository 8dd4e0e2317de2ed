import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Logging
import NIOCore

extension HTTP2ClientTransport.Posix {
    /// gRPC's own transport, which connects anew where it must, with our TLS beneath HTTP/2.
    static func tierTransport(
        to replica: Replicas.Address, _ configuration: TierClientConfiguration, credentials: TLSCredentials,
        logger: Logger
    ) throws -> HTTP2ClientTransport.Posix {
        var config = Config.defaults
        config.http2.targetWindowSize = RPCLimits.windowBytes
        config.http2.authority = configuration.serverName
        config.backoff = .init(initial: .milliseconds(100), max: .seconds(2), multiplier: 1.6, jitter: 0.2)
        config.connection.keepalive = .init(
            time: RPCLimits.keepaliveTime, timeout: RPCLimits.keepaliveTimeout, allowWithoutCalls: true)
        config.channelDebuggingCallbacks.onCreateTCPConnection = { channel in
            channel.eventLoop.makeCompletedFuture {
                let tls = try TLSHandler(connecting: credentials.current, to: configuration.serverName)
                let errors = TLSErrorLogger(logger: logger, message: "no connection to the \(configuration.tier) tier")
                try channel.pipeline.syncOperations.addHandlers([tls, errors], position: .first)
            }
        }
        let target: any ResolvableTarget
        if replica.host.contains(":") {
            target = .ipv6(address: replica.host, port: replica.port)
        } else {
            target = .ipv4(address: replica.host, port: replica.port)
        }
        return try HTTP2ClientTransport.Posix(
            target: target, transportSecurity: .customSecure, config: config,
            // Of one address: unlike the default it connects before a call waits for it.
            serviceConfig: ServiceConfig(loadBalancingConfig: [.roundRobin]))
    }
}
