internal import ArgumentParser
internal import ServiceKit

/// The flags that only the edge has. Their values are texts: `EdgeConfiguration` reads them with all other sources.
struct EdgeOptions: ParsableArguments {
    @Option(name: EdgeSettings.httpHost.flag, help: EdgeSettings.httpHost.help)
    var httpHost: String?

    @Option(name: EdgeSettings.httpPort.flag, help: EdgeSettings.httpPort.help)
    var httpPort: String?

    @Option(name: EdgeSettings.maxBodyBytes.flag, help: EdgeSettings.maxBodyBytes.help)
    var maxBodyBytes: String?

    @Option(name: EdgeSettings.maxLines.flag, help: EdgeSettings.maxLines.help)
    var maxLines: String?

    @Option(name: EdgeSettings.requestTimeout.flag, help: EdgeSettings.requestTimeout.help)
    var requestTimeout: String?

    @Option(name: EdgeSettings.parser.flag, help: EdgeSettings.parser.help)
    var parser: String?

    @Option(name: EdgeSettings.embedding.flag, help: EdgeSettings.embedding.help)
    var embedding: String?

    @Option(name: EdgeSettings.classifier.flag, help: EdgeSettings.classifier.help)
    var classifier: String?
}

enum EdgeSettings {
    static let httpHost = Setting.text(
        "http-host", "The address of the HTTP side, which is in the clear: loopback only, as long as it has no keys.",
        expected: "a loopback address", fallback: "127.0.0.1")
    static let httpPort = Setting.port(
        "http-port", "The port of the HTTP side; 0 takes any free one.", fallback: 5000)
    static let maxBodyBytes = Setting.number(
        "max-body-bytes", "Most bytes of an HTTP body: more takes larger batches, and more memory for each request.",
        in: 1024...1 << 30, fallback: HTTPLimits().maxBodyBytes)
    static let maxLines = Setting.number(
        "max-lines", "Most lines of one HTTP request.", in: 1...1_000_000, fallback: HTTPLimits().maxLines)
    static let requestTimeout = Setting.duration(
        "request-timeout", "How long an HTTP request may take; the tiers below learn what is left of it.",
        fallback: HTTPLimits().timeout)
    static let parser = replicas(.parser)
    static let embedding = replicas(.embedding)
    static let classifier = replicas(.classifier)

    private static func replicas(_ tier: TierDefaults) -> Setting<Replicas> {
        .replicas(
            tier.tier, "Where the replicas of the \(tier.tier) tier are; calls go to them by turns.",
            fallback: Replicas([("127.0.0.1", tier.port)]))
    }
}
