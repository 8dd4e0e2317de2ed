public import ArgumentParser
internal import Foundation
internal import Logging
internal import Pipeline
internal import RemoteTiers
internal import ServiceKit
internal import WireMessages

/// The edge: takes lines over HTTP and gRPC, takes them through the three tiers and answers with the verdicts.
public struct EdgeServer: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "tocsin-edge",
        abstract: "Answers what kind of trouble log lines report, over HTTP and gRPC.",
        discussion: """
            Needs the parser, embedding and classifier tiers. Each setting is a flag, an environment variable or a \
            member of the JSON file that --config names; the first of these that speaks wins.

            Other machines reach it where --https-host or --http-host says so; their callers then show an API key.

            EXAMPLES
              tocsin-edge --tls-certificate edge.pem --tls-key edge.key --tls-ca ca.pem
              curl -s localhost:5000/api/predict -d '{"logs": ["Apr 15 12:34:56 kernel: Out of memory"]}'

              tocsin-edge keys add --file keys.json --name dashboard
              tocsin-edge --https-host 0.0.0.0 --keys keys.json --tls-certificate edge.pem ...
              curl -s --cacert ca.pem https://edge:8443/api/predict -H 'Authorization: Bearer tocsin_...' -d ...
            """,
        subcommands: [KeysCommand.self])

    @OptionGroup(title: "Server") var server: ServerOptions
    @OptionGroup(title: "Edge") var edge: EdgeOptions

    public init() {}

    public func run() async throws {
        let configuration = try SettingsReader.read(
            configFile: server.config, environmentFile: server.environmentFile,
            environment: ProcessInfo.processInfo.environment
        ) { EdgeConfiguration(server, edge, reader: &$0) }
        JSONLogHandler.bootstrap(level: configuration.server.logLevel)
        let logger = Logger(label: "edge")

        let credentials = try TLSCredentials(configuration: configuration.server.tls, role: .client)
        let parser = try TierClient(
            TierClientConfiguration(.parser, replicas: configuration.parser), credentials: credentials, logger: logger)
        let embedding = try TierClient(
            TierClientConfiguration(.embedding, replicas: configuration.embedding), credentials: credentials,
            logger: logger)
        let classifier = try TierClient(
            TierClientConfiguration(.classifier, replicas: configuration.classifier), credentials: credentials,
            logger: logger)
        let tiers = Tiers(
            parsing: JoinedParsing(RemoteParsingTier(parser)), embedding: RemoteEmbeddingTier(embedding),
            classifying: RemoteClassifyingTier(classifier))
        let analyzer = LogAnalyzer(tiers, options: configuration.analysis)

        let metrics = EdgeMetrics(MetricsRegistry())
        metrics.observe(analyzer)
        let service = AnalyzerService(
            analyzer: analyzer, tiers: tiers, metrics: metrics, redactor: Redactor(scope: configuration.http.redaction))
        let tierServer = try TierServer(
            configuration.server, services: [service], metrics: metrics.registry, logger: logger)
        let http = try HTTPEdge(
            configuration.http, tiers: tiers, analyzer: analyzer,
            replicas: [
                "parser": { await parser.replicaReports(of: WireService.parser) },
                "embedding": { await embedding.replicaReports(of: WireService.embedding) },
                "classifier": { await classifier.replicaReports(of: WireService.classifier) },
            ], metrics: metrics, logger: logger)
        let watcher = TLSCredentialsWatcher(credentials: [credentials], interval: .seconds(10), logger: logger)
        try await tierServer.run(alongside: [watcher, parser, embedding, classifier] + http.services)
    }
}
