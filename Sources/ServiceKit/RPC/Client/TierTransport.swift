import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Logging
import NIOCore

extension HTTP2ClientTransport.Posix {
    /// gRPC's own transport, its name resolution, round robin and reconnection included, with our TLS beneath HTTP/2.
    static func tierTransport(
        _ configuration: TierClientConfiguration, credentials: TLSCredentials, logger: Logger
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
        return try HTTP2ClientTransport.Posix(
            target: ReplicaResolver.Target(replicas: configuration.replicas), transportSecurity: .customSecure,
            config: config, resolverRegistry: ReplicaResolver.registry(),
            serviceConfig: ServiceConfig(loadBalancingConfig: [.roundRobin]))
    }
}
