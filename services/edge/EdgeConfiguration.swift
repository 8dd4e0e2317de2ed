internal import ServiceKit

/// All that the edge was told, checked.
struct EdgeConfiguration: Sendable {
    var server: ServerConfiguration
    var httpHost: String
    var httpPort: Int
    var limits: HTTPLimits
    var parser: Replicas
    var embedding: Replicas
    var classifier: Replicas

    init(_ server: ServerOptions, _ edge: EdgeOptions, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .edge, reader: &reader)
        httpHost = reader.value(of: EdgeSettings.httpHost, flag: edge.httpHost)
        httpPort = reader.value(of: EdgeSettings.httpPort, flag: edge.httpPort)
        limits = HTTPLimits(
            maxBodyBytes: reader.value(of: EdgeSettings.maxBodyBytes, flag: edge.maxBodyBytes),
            maxLines: reader.value(of: EdgeSettings.maxLines, flag: edge.maxLines),
            timeout: reader.value(of: EdgeSettings.requestTimeout, flag: edge.requestTimeout))
        parser = reader.value(of: EdgeSettings.parser, flag: edge.parser)
        embedding = reader.value(of: EdgeSettings.embedding, flag: edge.embedding)
        classifier = reader.value(of: EdgeSettings.classifier, flag: edge.classifier)
        if !Self.isLoopback(httpHost) {
            reader.refuse(
                "http-host is '\(httpHost)', expected a loopback address such as 127.0.0.1: the HTTP side has neither "
                    + "TLS nor keys; let a proxy on this machine face the network, or call the gRPC side over TLS")
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}
