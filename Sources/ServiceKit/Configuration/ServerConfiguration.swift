public import Logging

/// What every Tocsin server needs to know.
public struct ServerConfiguration: Sendable {
    public var host: String
    public var port: Int
    public var metricsHost: String
    public var metricsPort: Int
    public var tls: TLSConfiguration
    public var authorization: CallerAuthorization
    public var gracePeriod: Duration
    public var drainDelay: Duration
    public var logLevel: Logger.Level

    public init(
        host: String = "127.0.0.1", port: Int, metricsHost: String = "127.0.0.1", metricsPort: Int,
        tls: TLSConfiguration,
        authorization: CallerAuthorization, gracePeriod: Duration = .seconds(20), drainDelay: Duration = .zero,
        logLevel: Logger.Level = .info
    ) {
        self.host = host
        self.port = port
        self.metricsHost = metricsHost
        self.metricsPort = metricsPort
        self.tls = tls
        self.authorization = authorization
        self.gracePeriod = gracePeriod
        self.drainDelay = drainDelay
        self.logLevel = logLevel
    }

    /// Reads the settings that all servers share; what is wrong with them is kept in `reader`.
    public init(_ options: ServerOptions, defaults: TierDefaults, reader: inout SettingsReader) {
        let callers = reader.value(
            of: ServerSettings.authorizedCallers.falling(backTo: defaults.authorizedCallers),
            flag: options.authorizedCallers)
        _ = reader.value(of: ServerSettings.config, flag: options.config)
        _ = reader.value(of: ServerSettings.environmentFile, flag: options.environmentFile)
        self.init(
            host: reader.value(of: ServerSettings.host, flag: options.host),
            port: reader.value(of: ServerSettings.port.falling(backTo: defaults.port), flag: options.port),
            metricsHost: reader.value(of: ServerSettings.metricsHost, flag: options.metricsHost),
            metricsPort: reader.value(
                of: ServerSettings.metricsPort.falling(backTo: defaults.metricsPort), flag: options.metricsPort),
            tls: TLSConfiguration(options.tls, reader: &reader),
            authorization: CallerAuthorization(acceptedNames: callers),
            gracePeriod: reader.value(of: ServerSettings.gracePeriod, flag: options.gracePeriod),
            drainDelay: reader.value(of: ServerSettings.drainDelay, flag: options.drainDelay),
            logLevel: reader.value(of: ServerSettings.logLevel, flag: options.logLevel))
    }
}
