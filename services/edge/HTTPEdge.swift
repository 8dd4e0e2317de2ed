internal import Hummingbird
internal import Logging
internal import Pipeline
internal import ServiceKit
internal import ServiceLifecycle

/// The HTTP side of an edge as it runs: its listeners, and what sees to it that their keys and certificates are current.
struct HTTPEdge {
    let services: [any Service]

    /// - Parameters:
    ///   - replicas: the replicas of each tier, by its name; none where tiers are in this process.
    ///   - onListening: is told the port of HTTP in the clear.
    /// - Throws: `KeyFileError`, `TLSError` or `WebPageError` where a file that it needs cannot be used.
    init(
        _ configuration: HTTPConfiguration, tiers: Tiers, analyzer: LogAnalyzer, replicas: [String: ReplicaWatch] = [:],
        metrics: EdgeMetrics, logger: Logger, onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) throws {
        let keys = try configuration.keys.map { try KeyRing(KeyFile(path: $0), logger: logger) }
        if keys == nil, configuration.isInsecure { logger.warning("--insecure: whoever reaches a port may use it") }
        let hangUps = HangUps()
        let router = EdgeRouter(
            tiers: tiers, analyzer: analyzer, limits: configuration.limits, access: AccessControl(keys: keys),
            crossOrigin: CrossOrigin(configuration.corsOrigins), redactor: Redactor(scope: configuration.redaction),
            hangUps: hangUps, replicas: replicas, metrics: metrics, logger: logger, page: try WebPage()
        ).build()
        func listener(
            _ host: String, _ port: Int, _ credentials: TLSCredentials?,
            onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
        ) -> any Service {
            HTTPListener(
                host: host, port: port, credentials: credentials, limits: configuration.limits, hangUps: hangUps,
                logger: logger
            ).application(router, onListening: onListening)
        }
        var services: [any Service] = []
        if let keys { services.append(keys) }
        services.append(listener(configuration.host, configuration.port, nil, onListening: onListening))
        if let tls = configuration.tls {
            let credentials = try TLSCredentials(configuration: tls, role: .server)
            services.append(
                TLSCredentialsWatcher(credentials: [credentials], interval: .seconds(10), logger: logger))
            services.append(listener(configuration.httpsHost, configuration.httpsPort, credentials))
        }
        self.services = services
    }
}
