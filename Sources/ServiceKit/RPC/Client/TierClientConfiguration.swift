/// How a tier is reached.
public struct TierClientConfiguration: Sendable {
    /// The tier's name in errors and logs.
    public var tier: String
    public var replicas: Replicas
    /// The name that every replica's certificate must have.
    public var serverName: String
    /// The most time for a call, its retries included; a caller's deadline that comes first counts.
    public var timeout: Duration
    /// How often a call is tried where replicas are unavailable.
    public var attempts: Int
    /// Before the second try; doubled for each further one.
    public var retryDelay: Duration

    public init(
        tier: String, replicas: Replicas, serverName: String, timeout: Duration = .seconds(30), attempts: Int = 4,
        retryDelay: Duration = .milliseconds(50)
    ) {
        self.tier = tier
        self.replicas = replicas
        self.serverName = serverName
        self.timeout = timeout
        self.attempts = attempts
        self.retryDelay = retryDelay
    }

    /// A tier at its usual port of this machine, under its usual name.
    public init(_ tier: TierDefaults, replicas: Replicas? = nil) {
        self.init(
            tier: tier.tier, replicas: replicas ?? Replicas([("127.0.0.1", tier.port)]), serverName: tier.serverName)
    }
}
