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

    /// The address of the page for people.
    public var address: String { "http://\(configuration.host):\(configuration.port)/" }

    /// Serves until SIGTERM or SIGINT; requests under way may then end.
    ///
    /// - Throws: where keys, certificates or a port cannot be used.
    public func serve(_ tiers: Tiers, logLevel: Logger.Level) async throws {
        JSONLogHandler.bootstrap(level: logLevel)
        let logger = Logger(label: "tocsin")
        let analyzer = LogAnalyzer(tiers)
        let metrics = EdgeMetrics(MetricsRegistry())
        metrics.observe(analyzer)
        let http = try HTTPEdge(configuration, tiers: tiers, analyzer: analyzer, metrics: metrics, logger: logger)
        var group = ServiceGroupConfiguration(
            services: http.services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(20)
        group.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: group).run()
    }
}
