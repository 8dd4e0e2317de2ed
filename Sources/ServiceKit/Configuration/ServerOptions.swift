public import ArgumentParser
import Logging

/// The flags of every Tocsin server. Their values are texts: `ServerConfiguration` reads them with all other sources.
public struct ServerOptions: ParsableArguments {
    @Option(name: ServerSettings.config.flag, help: ServerSettings.config.help)
    public var config: String?

    @Option(name: ServerSettings.environmentFile.flag, help: ServerSettings.environmentFile.help)
    public var environmentFile: String?

    @Option(name: ServerSettings.host.flag, help: ServerSettings.host.help)
    public var host: String?

    @Option(name: ServerSettings.port.flag, help: ServerSettings.port.help)
    public var port: String?

    @Option(name: ServerSettings.metricsHost.flag, help: ServerSettings.metricsHost.help)
    public var metricsHost: String?

    @Option(name: ServerSettings.metricsPort.flag, help: ServerSettings.metricsPort.help)
    public var metricsPort: String?

    @OptionGroup public var tls: TLSOptions

    @Option(name: ServerSettings.authorizedCallers.flag, help: ServerSettings.authorizedCallers.help)
    public var authorizedCallers: String?

    @Option(name: ServerSettings.gracePeriod.flag, help: ServerSettings.gracePeriod.help)
    public var gracePeriod: String?

    @Option(name: ServerSettings.drainDelay.flag, help: ServerSettings.drainDelay.help)
    public var drainDelay: String?

    @Option(name: ServerSettings.logLevel.flag, help: ServerSettings.logLevel.help)
    public var logLevel: String?

    public init() {}
}

/// The settings of every Tocsin server.
public enum ServerSettings {
    static let config = Setting.text(
        "config", "A JSON file with settings under the names of the flags.", expected: "the path of a JSON file",
        fallback: "", fallbackText: "none")
    public static let environmentFile = Setting.text(
        "env-file", "A file with environment variables, NAME=VALUE in each line; the environment itself outweighs it.",
        expected: "the path of a file", fallback: "", fallbackText: ".env where there is one")
    static let host = Setting.text(
        "host", "The address to listen on; 0.0.0.0 makes the server reachable from other machines.",
        expected: "a host name or an IP address", fallback: "127.0.0.1")
    static let port = Setting.port(
        "port", "The port of the gRPC server; 0 takes any free one.", fallback: 0, fallbackText: perTier(\.port))
    static let metricsHost = Setting.text(
        "metrics-host",
        "The address of GET /metrics, in the clear and without a key: whoever reaches it reads counts, times and the "
            + "addresses of replicas, so name one that only Prometheus reaches; of the edge, one that other machines reach "
            + "needs --insecure.",
        expected: "a host name or an IP address", fallback: "127.0.0.1")
    static let metricsPort = Setting.port(
        "metrics-port", "The port of GET /metrics, in the clear; 0 takes any free one.", fallback: 0,
        fallbackText: perTier(\.metricsPort))
    static let authorizedCallers = Setting.list(
        "authorized-callers", "Names (SAN) of the certificates that may call; '*' is any of the authority's.",
        expected: "names such as spiffe://tocsin/edge with commas between them, or *", fallback: [],
        fallbackText: "spiffe://tocsin/edge, the parser also spiffe://tocsin/parser; the edge: *")
    static let gracePeriod = Setting.duration(
        "grace-period", "How long calls may take to end after SIGTERM; then they are cancelled.",
        fallback: .seconds(20))
    static let drainDelay = Setting.duration(
        "drain-delay", "How long to answer NOT_SERVING before refusing calls, for load balancers to notice.",
        fallback: .zero)
    static let logLevel = Setting.logLevel("log-level", "The least level that is logged.", fallback: .info)

    private static func perTier(_ port: KeyPath<TierDefaults, Int>) -> String {
        TierDefaults.all.map { "\($0.tier) \($0[keyPath: port])" }.joined(separator: ", ")
    }
}
