internal import Pipeline
internal import ServiceKit

/// All that the edge was told, checked.
struct EdgeConfiguration: Sendable {
    var server: ServerConfiguration
    var http: HTTPConfiguration
    var analysis = LogAnalyzer.Options()
    var parser: Replicas
    var embedding: Replicas
    var classifier: Replicas

    init(_ server: ServerOptions, _ edge: EdgeOptions, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .edge, reader: &reader)
        http = HTTPConfiguration(edge.http, tls: self.server.tls, reader: &reader)
        analysis.verdictCacheBytes = reader.value(of: EdgeSettings.verdictCacheBytes, flag: edge.verdictCacheBytes)
        analysis.vectorCacheBytes = reader.value(of: EdgeSettings.vectorCacheBytes, flag: edge.vectorCacheBytes)
        parser = reader.value(of: EdgeSettings.parser, flag: edge.parser)
        embedding = reader.value(of: EdgeSettings.embedding, flag: edge.embedding)
        classifier = reader.value(of: EdgeSettings.classifier, flag: edge.classifier)
        let metricsHost = self.server.metricsHost
        if !http.isInsecure, !HTTPConfiguration.isLoopback(metricsHost) {
            reader.refuse(
                "metrics-host is '\(metricsHost)', where other machines reach it, and nothing asks for an API key there: "
                    + "let Prometheus read /metrics of HTTP or HTTPS with a key of the scope read, or listen on "
                    + "127.0.0.1, or pass --insecure (TOCSIN_INSECURE=true) where whoever reaches the port may read it")
        }
    }
}
