import Drain
import Foundation
import GRPCCore
import LocalTiers
import LogFormats
import LogParsing
import Logging
import ServiceKit
import ServiceLifecycle
import TocsinCore

/// What the parser service is made of, put together.
struct ParserProgram {
    private let parser: LineParser
    let tier: LocalParsingTier
    let templates: LiveTemplates
    /// What answers calls.
    let rpcServices: [any RegistrableRPCService]
    /// What runs beside the calls and ends after them: snapshots, and the exchange with other replicas.
    let services: [any Service]

    init(_ configuration: ParserConfiguration, metrics: MetricsRegistry, logger: Logger) throws {
        var parsing = LineParser.Configuration()
        parsing.drain = configuration.drain
        let frozenTree = try FrozenTree(modelsDirectory: configuration.models)
        let snapshotMetrics = SnapshotMetrics(metrics)
        var lock: SnapshotLock?
        let tree: DrainTree
        if configuration.state.isEmpty {
            tree = DrainTree(configuration: parsing.drain, replica: ReplicaName.random())
        } else {
            lock = try SnapshotLock(path: configuration.state)
            tree = try DrainTree(
                snapshotAt: configuration.state, configuration: parsing.drain, metrics: snapshotMetrics, logger: logger)
        }
        parser = LineParser(
            library: try .standard(adding: configuration.formats), frozenTree: frozenTree, configuration: parsing,
            liveTree: tree)
        let templates = LiveTemplates(parser)
        metrics.observed("tocsin_templates", help: "Live templates.") { Double(templates.count) }
        let utcOffset = configuration.utcOffset
        tier = LocalParsingTier(parser) {
            Timestamp.Defaults(referenceSeconds: Int(Date().timeIntervalSince1970), offset: utcOffset)
        }
        self.templates = templates
        rpcServices = [ParserService(tier: tier), TemplateService(templates: templates)]

        var services: [any Service] = []
        if let lock = lock.take() {
            services.append(
                SnapshotKeeper(
                    path: configuration.state, interval: configuration.stateInterval, templates: templates, lock: lock,
                    metrics: snapshotMetrics, logger: logger))
        }
        if !configuration.peers.addresses.isEmpty {
            services.append(
                TemplateReplicator(
                    peers: configuration.peers, interval: configuration.syncInterval,
                    credentials: try TLSCredentials(configuration: configuration.server.tls, role: .client),
                    templates: templates, metrics: SyncMetrics(metrics), logger: logger))
        }
        self.services = services
    }

    /// Reads a line with the same formats and models, and with live templates of its own: the program's know what callers
    /// sent and nothing else.
    func warmUp() throws {
        _ = try LineParser(library: parser.library, frozenTree: parser.frozenTree)
            .parse(ParseBatch(lines: ["Jan  2 03:04:05 host warm-up[1]: first line"]))
    }
}
