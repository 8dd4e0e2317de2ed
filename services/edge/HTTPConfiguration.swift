internal import ServiceKit

/// Where HTTP is spoken, to whom, and how much of it; checked.
struct HTTPConfiguration: Sendable {
    var host: String
    var port: Int
    var httpsHost: String
    var httpsPort: Int
    /// Nil serves no HTTPS.
    var tls: TLSConfiguration?
    /// The path of the file of API keys; nil asks for none.
    var keys: String?
    /// True where other machines may reach what asks for no key.
    var isInsecure: Bool
    var corsOrigins: [String]
    var limits: HTTPLimits
    var redaction: Redactor.Scope

    /// - Parameter tls: the certificate that HTTPS shows where it has none of its own; nil serves none then.
    init(_ options: HTTPOptions, tls: TLSConfiguration?, reader: inout SettingsReader) {
        host = reader.value(of: EdgeSettings.httpHost, flag: options.httpHost)
        port = reader.value(of: EdgeSettings.httpPort, flag: options.httpPort)
        httpsHost = reader.value(of: EdgeSettings.httpsHost, flag: options.httpsHost)
        httpsPort = reader.value(of: EdgeSettings.httpsPort, flag: options.httpsPort)
        let certificate = reader.value(of: EdgeSettings.httpsCertificate, flag: options.httpsCertificate)
        let key = reader.value(of: EdgeSettings.httpsKey, flag: options.httpsKey)
        let ownTLS = TLSConfiguration(
            certificateChain: certificate.isEmpty ? tls?.certificateChain : certificate,
            privateKey: key.isEmpty ? tls?.privateKey : key, applicationProtocols: ["http/1.1"],
            requiresApplicationProtocol: false, requiresPeerCertificate: false)
        self.tls = ownTLS.certificateChain == nil && ownTLS.privateKey == nil ? nil : ownTLS
        let path = reader.value(of: EdgeSettings.keys, flag: options.keys)
        keys = path.isEmpty ? nil : path
        isInsecure = reader.value(of: EdgeSettings.insecure, flag: options.insecure ? "true" : nil)
        corsOrigins = reader.value(of: EdgeSettings.corsOrigins, flag: options.corsOrigins)
        limits = HTTPLimits(options, reader: &reader)
        redaction = reader.value(of: EdgeSettings.redact, flag: options.redact)
        guard keys == nil, !isInsecure else { return }
        for (setting, host) in [("http-host", host), ("https-host", httpsHost)] where !Self.isLoopback(host) {
            reader.refuse(
                "\(setting) is '\(host)', where other machines reach it, and there are no API keys: make one with "
                    + "'tocsin-edge keys add --file keys.json --name NAME' and pass --keys keys.json, or listen on "
                    + "127.0.0.1, or pass --insecure (TOCSIN_INSECURE=true) where whoever reaches the port may use it")
        }
    }

    /// Whether this machine alone reaches that address.
    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.wholeMatch(of: /127(\.[0-9]{1,3}){3}/) != nil
    }
}

extension HTTPLimits {
    fileprivate init(_ options: HTTPOptions, reader: inout SettingsReader) {
        maxBodyBytes = reader.value(of: EdgeSettings.maxBodyBytes, flag: options.maxBodyBytes)
        maxUnpackedBytes = reader.value(of: EdgeSettings.maxUnpackedBytes, flag: options.maxUnpackedBytes)
        maxLines = reader.value(of: EdgeSettings.maxLines, flag: options.maxLines)
        maxLineBytes = reader.value(of: EdgeSettings.maxLineBytes, flag: options.maxLineBytes)
        maxHeaderBytes = reader.value(of: EdgeSettings.maxHeaderBytes, flag: options.maxHeaderBytes)
        maxConnections = reader.value(of: EdgeSettings.maxConnections, flag: options.maxConnections)
        timeout = reader.value(of: EdgeSettings.requestTimeout, flag: options.requestTimeout)
        bodyTimeout = reader.value(of: EdgeSettings.bodyTimeout, flag: options.bodyTimeout)
        idleTimeout = reader.value(of: EdgeSettings.idleTimeout, flag: options.idleTimeout)
        writeTimeout = reader.value(of: EdgeSettings.writeTimeout, flag: options.writeTimeout)
    }
}
