internal import ArgumentParser
internal import Foundation
internal import Hummingbird
internal import Logging
internal import Pipeline
internal import RemoteTiers
internal import ServiceKit

/// The edge: takes lines over HTTP and gRPC, takes them through the three tiers and answers with the verdicts.
@main
struct EdgeServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tocsin-edge",
        abstract: "Answers what kind of trouble log lines report, over HTTP and gRPC.",
        discussion: """
            Needs the parser, embedding and classifier tiers. Each setting is a flag, an environment variable or a \
            member of the JSON file that --config names; the first of these that speaks wins.

            EXAMPLE
              tocsin-edge --tls-certificate edge.pem --tls-key edge.key --tls-ca ca.pem
              curl -s localhost:5000/api/predict -d '{"logs": ["Apr 15 12:34:56 kernel: Out of memory"]}'
            """)

    @OptionGroup(title: "Server") var server: ServerOptions
    @OptionGroup(title: "Edge") var edge: EdgeOptions

    func run() async throws {
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
            parsing: RemoteParsingTier(parser), embedding: RemoteEmbeddingTier(embedding),
            classifying: RemoteClassifyingTier(classifier))
        let analyzer = LogAnalyzer(tiers)

        let registry = MetricsRegistry()
        let metrics = EdgeMetrics(registry)
        let service = AnalyzerService(analyzer: analyzer, tiers: tiers, metrics: metrics)
        let tierServer = try TierServer(configuration.server, services: [service], metrics: registry, logger: logger)
        let router = EdgeRouter(
            tiers: tiers, analyzer: analyzer, limits: configuration.limits, metrics: metrics,
            logger: logger, page: try WebPage())
        let http = Application(
            responder: router.build(),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.httpHost, port: configuration.httpPort)),
            onServerRunning: { channel in
                logger.notice("serving HTTP", metadata: ["port": "\(channel.localAddress?.port ?? 0)"])
            }, logger: logger)
        try await tierServer.run(alongside: [parser, embedding, classifier, http])
    }
}
