internal import Pipeline
internal import ServiceKit

/// The settings that only the edge has.
enum EdgeSettings {
    private static let limits = HTTPLimits()
    private static let analysis = LogAnalyzer.Options()

    static let httpHost = Setting.text(
        "http-host", "The address of HTTP in the clear; one that other machines reach needs --keys or --insecure.",
        expected: "a host name or an IP address", fallback: "127.0.0.1"
    ).documented(as: "API_HOST")
    static let httpPort = Setting.port(
        "http-port", "The port of HTTP in the clear; 0 takes any free one.", fallback: 5000
    )
    .documented(as: "API_PORT")
    static let httpsHost = Setting.text(
        "https-host", "The address of HTTPS; one that other machines reach needs --keys or --insecure.",
        expected: "a host name or an IP address", fallback: "127.0.0.1")
    static let httpsPort = Setting.port("https-port", "The port of HTTPS; 0 takes any free one.", fallback: 8443)
    static let httpsCertificate = Setting.text(
        "https-certificate", "The certificate that HTTPS shows, with its chain.", expected: "the path of a PEM file",
        fallback: "", fallbackText: "that of --tls-certificate")
    static let httpsKey = Setting.text(
        "https-key", "The key of --https-certificate.", expected: "the path of a PEM file", fallback: "",
        fallbackText: "that of --tls-key")
    static let keys = Setting.text(
        "keys", "The file of API keys, one of which each caller must show; see 'tocsin-edge keys'.",
        expected: "the path of a file", fallback: "", fallbackText: "none, no key is asked for")
    static let insecure = Setting.yesOrNo(
        "insecure",
        "Serve other machines without API keys: whoever reaches a port may use it; with --keys, that of metrics alone.")
    static let corsOrigins = Setting.list(
        "cors-origins", "The origins whose web pages may read answers.",
        expected: "origins such as http://localhost:5173 with commas between them, or *", fallback: [],
        fallbackText: "none"
    ).documented(as: "CORS_ORIGINS")
    static let redact = Setting.choice(
        "redact",
        "Where answers hide tokens, e-mail addresses and card numbers: shared is what may come from other callers.",
        fallback: Redactor.Scope.shared)
    static let maxBodyBytes = Setting.number(
        "max-body-bytes",
        "Most bytes of a body that is read as a whole, after decompression: more takes larger batches and memory.",
        in: 1024...1 << 30, fallback: limits.maxBodyBytes)
    static let maxUnpackedBytes = Setting.number(
        "max-unpacked-bytes",
        "Most bytes that a compressed body of a stream may hold: what is small to send may be long to read.",
        in: 1024...1 << 50, fallback: limits.maxUnpackedBytes)
    static let maxLines = Setting.number(
        "max-lines", "Most lines of a body that is read as a whole.", in: 1...1_000_000, fallback: limits.maxLines
    ).documented(as: "MAX_BATCH_SIZE")
    static let maxLineBytes = Setting.number(
        "max-line-bytes", "Most bytes of one line in a stream.", in: 1024...64 << 20, fallback: limits.maxLineBytes)
    static let maxHeaderBytes = Setting.number(
        "max-header-bytes", "Most bytes of a request's headers.", in: 1024...1 << 20, fallback: limits.maxHeaderBytes)
    static let maxConnections = Setting.number(
        "max-connections", "Most connections of each HTTP port at a time; further ones wait.", in: 1...1_000_000,
        fallback: limits.maxConnections)
    static let requestTimeout = Setting.duration(
        "request-timeout",
        "How long an HTTP request may take, ten times as long to compare; the tiers below learn what is left.",
        fallback: limits.timeout)
    static let bodyTimeout = Setting.duration(
        "body-timeout", "How long a body may take to come; of one that is read as a stream, each line.",
        fallback: limits.bodyTimeout)
    static let idleTimeout = Setting.duration(
        "idle-timeout", "How long a connection may bring nothing before, between and within requests.",
        fallback: limits.idleTimeout)
    static let writeTimeout = Setting.duration(
        "write-timeout", "How long an answer may wait for its caller to take more of it.",
        fallback: limits.writeTimeout)
    static let verdictCacheBytes = Setting.number(
        "verdict-cache-bytes",
        "Most bytes of verdicts that are kept: a line that was judged before then costs no call but the parser's.",
        in: 0...1 << 40, fallback: analysis.verdictCacheBytes)
    static let vectorCacheBytes = Setting.number(
        "vector-cache-bytes", "Most bytes of embeddings that are kept, at 3 kB each.", in: 0...1 << 40,
        fallback: analysis.vectorCacheBytes)
    static let parser = replicas(.parser)
    static let embedding = replicas(.embedding)
    static let classifier = replicas(.classifier)

    private static func replicas(_ tier: TierDefaults) -> Setting<Replicas> {
        .replicas(
            tier.tier, "Where the replicas of the \(tier.tier) tier are; calls go to them by turns.",
            fallback: Replicas([("127.0.0.1", tier.port)]))
    }
}
