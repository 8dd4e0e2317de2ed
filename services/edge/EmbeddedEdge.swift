public import Logging
public import Pipeline
public import ServiceKit
internal import ServiceLifecycle
internal import UnixSignals

/// The HTTP side of an edge over tiers of the same process.
public struct EmbeddedEdge: Sendable {
    private let configuration: HTTPConfiguration

    /// - Parameter reader: of the flags, the environment and a `.env` file.
    public init(_ options: HTTPOptions, reader: inout SettingsReader) {
        configuration = HTTPConfiguration(options, tls: nil, reader: &reader)
    }

    /// Serves until SIGTERM or SIGINT; requests under way may then end.
    ///
    /// - Parameter onListening: is told the address of the page for people once it can be opened.
    /// - Throws: where keys, certificates or a port cannot be used.
    public func serve(
        _ tiers: Tiers, logLevel: Logger.Level, onListening: @escaping @Sendable (_ address: String) -> Void
    ) async throws {
        JSONLogHandler.bootstrap(level: logLevel)
        let logger = Logger(label: "tocsin")
        let analyzer = LogAnalyzer(tiers)
        let metrics = EdgeMetrics(MetricsRegistry())
        metrics.observe(analyzer)
        let http = try HTTPEdge(
            configuration, tiers: tiers, analyzer: analyzer, metrics: metrics, logger: logger
        ) { onListening("http://\(configuration.host):\($0)/") }
        var group = ServiceGroupConfiguration(
            services: http.services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(20)
        group.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: group).run()
    }
}
