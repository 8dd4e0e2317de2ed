internal import ArgumentParser
internal import Foundation
internal import Hummingbird
internal import Logging
internal import Pipeline
internal import RemoteTiers
internal import ServiceKit
internal import ServiceLifecycle

/// The edge: takes lines over HTTP and gRPC, takes them through the three tiers and answers with the verdicts.
@main
struct EdgeServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
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

        let metrics = EdgeMetrics(MetricsRegistry())
        let service = AnalyzerService(analyzer: analyzer, tiers: tiers, metrics: metrics)
        let tierServer = try TierServer(
            configuration.server, services: [service], metrics: metrics.registry, logger: logger)
        let keys = try configuration.http.keys.map { try KeyRing(KeyFile(path: $0), logger: logger) }
        if keys == nil, edge.insecure { logger.warning("--insecure: whoever reaches a port may use it") }
        let hangUps = HangUps()
        let router = EdgeRouter(
            tiers: tiers, analyzer: analyzer, limits: configuration.limits, access: AccessControl(keys: keys),
            crossOrigin: CrossOrigin(configuration.http.corsOrigins),
            redactor: Redactor(scope: configuration.redaction), hangUps: hangUps,
            replicas: [
                "parser": configuration.parser, "embedding": configuration.embedding,
                "classifier": configuration.classifier,
            ], metrics: metrics, logger: logger,
            page: try WebPage()
        ).build()
        let httpsCredentials = try configuration.http.tls.map { try TLSCredentials(configuration: $0, role: .server) }
        let watcher = TLSCredentialsWatcher(
            credentials: [credentials] + [httpsCredentials].compactMap(\.self), interval: .seconds(10), logger: logger)
        func listener(_ host: String, _ port: Int, _ credentials: TLSCredentials?) -> any Service {
            HTTPListener(
                host: host, port: port, credentials: credentials, limits: configuration.limits, hangUps: hangUps,
                logger: logger
            ).application(router)
        }
        var services: [any Service] = [watcher, parser, embedding, classifier]
        if let keys { services.append(keys) }
        services.append(listener(configuration.http.host, configuration.http.port, nil))
        if let httpsCredentials {
            services.append(listener(configuration.http.httpsHost, configuration.http.httpsPort, httpsCredentials))
        }
        try await tierServer.run(alongside: services)
    }
}
