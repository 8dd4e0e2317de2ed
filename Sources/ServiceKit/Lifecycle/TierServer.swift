public import GRPCCore
public import Logging
public import ServiceLifecycle
public import UnixSignals

/// A whole Tocsin server: gRPC over mutual TLS with health and reflection, metrics on a port of their own,
/// certificates that may be renewed, and an end that fails no call.
public final class TierServer: Sendable {
    public let configuration: ServerConfiguration
    public let metrics: MetricsRegistry
    public let health: HealthStatus
    public let logger: Logger
    private let rpc: RPCServer
    private let credentials: TLSCredentials

    /// - Parameters:
    ///   - services: what the server serves beside health and reflection.
    ///   - metrics: where the server's are added to those of the services.
    ///   - logger: of the program; every line of the server goes there.
    public init(
        _ configuration: ServerConfiguration, services: [any RegistrableRPCService],
        metrics: MetricsRegistry = MetricsRegistry(), logger: Logger
    ) throws(TLSError) {
        FreedMemory.keepForReuse()
        self.configuration = configuration
        self.metrics = metrics
        self.logger = logger
        credentials = try TLSCredentials(configuration: configuration.tls, role: .server)
        let transport = TLSServerTransport(
            host: configuration.host, port: configuration.port, credentials: credentials, logger: logger)
        let names = RPCServer.names(of: services)
        health = HealthStatus(services: names)
        rpc = RPCServer(
            transport: transport, services: services, names: names, health: health, configuration: configuration,
            metrics: metrics, logger: logger)
        ProcessMetrics.register(in: metrics)
    }

    /// The port of the gRPC server, once it listens; nil where it cannot.
    public var port: Int? { get async { await rpc.transport.port } }

    /// Runs until SIGTERM or SIGINT, then drains: NOT_SERVING first, then no new calls, then, when those under way have
    /// ended or the grace period is over, the end.
    ///
    /// - Parameters:
    ///   - others: what must live as long as the calls do, such as the clients of further tiers.
    ///   - signals: what begins the drain.
    ///   - warmUp: runs while the server listens and says NOT_SERVING; SERVING follows.
    public func run(
        alongside others: [any Service] = [], signals: [UnixSignal] = [.sigterm, .sigint],
        warmUp: @escaping @Sendable () async throws -> Void = {}
    ) async throws {
        let page = MetricsServer(
            registry: metrics, host: configuration.metricsHost, port: configuration.metricsPort, logger: logger)
        let watcher = TLSCredentialsWatcher(credentials: [credentials], interval: .seconds(10), logger: logger)
        // Ended in reverse order, each after the one below it: the calls first.
        var group = ServiceGroupConfiguration(
            services: [page, watcher] + others + [RPCServerService(server: rpc, warmUp: warmUp)],
            gracefulShutdownSignals: signals, logger: logger)
        group.maximumGracefulShutdownDuration = configuration.gracePeriod + configuration.drainDelay
        group.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: group).run()
        logger.notice("stopped")
    }
}
