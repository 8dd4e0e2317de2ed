internal import Foundation
internal import ServiceKit

/// All that the edge was told, checked.
struct EdgeConfiguration: Sendable {
    var server: ServerConfiguration
    var http: HTTPSide
    var limits: HTTPLimits
    var redaction: Redactor.Scope
    var parser: Replicas
    var embedding: Replicas
    var classifier: Replicas

    /// Where HTTP is spoken and to whom.
    struct HTTPSide: Sendable {
        var host: String
        var port: Int
        var httpsHost: String
        var httpsPort: Int
        /// Nil serves no HTTPS.
        var tls: TLSConfiguration?
        /// The path of the file of API keys; nil asks for none.
        var keys: String?
        var corsOrigins: [String]
    }

    init(_ server: ServerOptions, _ edge: EdgeOptions, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .edge, reader: &reader)
        http = HTTPSide(edge, server: self.server, reader: &reader)
        limits = HTTPLimits(edge, reader: &reader)
        redaction = reader.value(of: EdgeSettings.redact, flag: edge.redact)
        parser = reader.value(of: EdgeSettings.parser, flag: edge.parser)
        embedding = reader.value(of: EdgeSettings.embedding, flag: edge.embedding)
        classifier = reader.value(of: EdgeSettings.classifier, flag: edge.classifier)
        guard http.keys == nil, !edge.insecure else { return }
        for (setting, host) in [("http-host", http.host), ("https-host", http.httpsHost)] where !Self.isLoopback(host) {
            reader.refuse(
                "\(setting) is '\(host)', where other machines reach it, and there are no API keys: make one with "
                    + "'tocsin-edge keys add --file keys.json --name NAME' and pass --keys keys.json, or listen on "
                    + "127.0.0.1, or pass --insecure where whoever reaches the port may use it")
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}

extension EdgeConfiguration.HTTPSide {
    fileprivate init(_ edge: EdgeOptions, server: ServerConfiguration, reader: inout SettingsReader) {
        host = reader.value(of: EdgeSettings.httpHost, flag: edge.httpHost)
        port = reader.value(of: EdgeSettings.httpPort, flag: edge.httpPort)
        httpsHost = reader.value(of: EdgeSettings.httpsHost, flag: edge.httpsHost)
        httpsPort = reader.value(of: EdgeSettings.httpsPort, flag: edge.httpsPort)
        let certificate = reader.value(of: EdgeSettings.httpsCertificate, flag: edge.httpsCertificate)
        let key = reader.value(of: EdgeSettings.httpsKey, flag: edge.httpsKey)
        tls = TLSConfiguration(
            certificateChain: certificate.isEmpty ? server.tls.certificateChain : certificate,
            privateKey: key.isEmpty ? server.tls.privateKey : key, applicationProtocols: ["http/1.1"],
            requiresApplicationProtocol: false, requiresPeerCertificate: false)
        let path = reader.value(of: EdgeSettings.keys, flag: edge.keys)
        keys = path.isEmpty ? nil : path
        corsOrigins = reader.value(of: EdgeSettings.corsOrigins, flag: edge.corsOrigins)
    }
}

extension HTTPLimits {
    fileprivate init(_ edge: EdgeOptions, reader: inout SettingsReader) {
        maxBodyBytes = reader.value(of: EdgeSettings.maxBodyBytes, flag: edge.maxBodyBytes)
        maxLines = reader.value(of: EdgeSettings.maxLines, flag: edge.maxLines)
        maxLineBytes = reader.value(of: EdgeSettings.maxLineBytes, flag: edge.maxLineBytes)
        maxHeaderBytes = reader.value(of: EdgeSettings.maxHeaderBytes, flag: edge.maxHeaderBytes)
        maxConnections = reader.value(of: EdgeSettings.maxConnections, flag: edge.maxConnections)
        timeout = reader.value(of: EdgeSettings.requestTimeout, flag: edge.requestTimeout)
        bodyTimeout = reader.value(of: EdgeSettings.bodyTimeout, flag: edge.bodyTimeout)
        idleTimeout = reader.value(of: EdgeSettings.idleTimeout, flag: edge.idleTimeout)
        writeTimeout = reader.value(of: EdgeSettings.writeTimeout, flag: edge.writeTimeout)
    }
}
