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
    }
}
