public import ArgumentParser
internal import ServiceKit

/// The flags of a program that speaks HTTP. Their values are texts: `HTTPConfiguration` reads them with all other sources.
public struct HTTPOptions: ParsableArguments {
    @Option(name: EdgeSettings.httpHost.flag, help: EdgeSettings.httpHost.help)
    var httpHost: String?

    @Option(name: EdgeSettings.httpPort.flag, help: EdgeSettings.httpPort.help)
    var httpPort: String?

    @Option(name: EdgeSettings.httpsHost.flag, help: EdgeSettings.httpsHost.help)
    var httpsHost: String?

    @Option(name: EdgeSettings.httpsPort.flag, help: EdgeSettings.httpsPort.help)
    var httpsPort: String?

    @Option(name: EdgeSettings.httpsCertificate.flag, help: EdgeSettings.httpsCertificate.help)
    var httpsCertificate: String?

    @Option(name: EdgeSettings.httpsKey.flag, help: EdgeSettings.httpsKey.help)
    var httpsKey: String?

    @Option(name: EdgeSettings.keys.flag, help: EdgeSettings.keys.help)
    var keys: String?

    @Option(name: EdgeSettings.corsOrigins.flag, help: EdgeSettings.corsOrigins.help)
    var corsOrigins: String?

    @Option(name: EdgeSettings.redact.flag, help: EdgeSettings.redact.help)
    var redact: String?

    @Option(name: EdgeSettings.maxBodyBytes.flag, help: EdgeSettings.maxBodyBytes.help)
    var maxBodyBytes: String?

    @Option(name: EdgeSettings.maxUnpackedBytes.flag, help: EdgeSettings.maxUnpackedBytes.help)
    var maxUnpackedBytes: String?

    @Option(name: EdgeSettings.maxLines.flag, help: EdgeSettings.maxLines.help)
    var maxLines: String?

    @Option(name: EdgeSettings.maxLineBytes.flag, help: EdgeSettings.maxLineBytes.help)
    var maxLineBytes: String?

    @Option(name: EdgeSettings.maxHeaderBytes.flag, help: EdgeSettings.maxHeaderBytes.help)
    var maxHeaderBytes: String?

    @Option(name: EdgeSettings.maxConnections.flag, help: EdgeSettings.maxConnections.help)
    var maxConnections: String?

    @Option(name: EdgeSettings.requestTimeout.flag, help: EdgeSettings.requestTimeout.help)
    var requestTimeout: String?

    @Option(name: EdgeSettings.bodyTimeout.flag, help: EdgeSettings.bodyTimeout.help)
    var bodyTimeout: String?

    @Option(name: EdgeSettings.idleTimeout.flag, help: EdgeSettings.idleTimeout.help)
    var idleTimeout: String?

    @Option(name: EdgeSettings.writeTimeout.flag, help: EdgeSettings.writeTimeout.help)
    var writeTimeout: String?

    @Flag(name: EdgeSettings.insecure.flag, help: EdgeSettings.insecure.help)
    var insecure = false

    public init() {}
}
