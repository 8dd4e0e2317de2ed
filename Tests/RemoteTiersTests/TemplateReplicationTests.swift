import Drain
import Foundation
import GRPCCore
import LocalTiers
import LogFormats
import LogParsing
import Logging
import RunningServices
import ServiceKit
import ServiceLifecycle
import Testing
import TocsinCore
import WireMessages

@testable import tocsin_parser

private let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A parser with its live tree behind a socket, as its program sets it up.
private struct Replica {
    let parser: LineParser
    let templates: LiveTemplates
    let server: TierServer

    init(_ certificates: Certificates, callers: [String] = TierDefaults.parser.authorizedCallers) throws {
        parser = LineParser(
            library: try .standard(), frozenTree: FrozenTree(typedTexts: []),
            liveTree: DrainTree(replica: ReplicaName.random()))
        templates = LiveTemplates(parser)
        server = try TierServer(
            ServerConfiguration(
                port: 0, metricsPort: 0, tls: certificates.tls("parser"),
                authorization: CallerAuthorization(acceptedNames: callers)),
            services: [ParserService(tier: LocalParsingTier(parser)), TemplateService(templates: templates)],
            logger: silent)
    }

    var service: any Service { ClosureService { try await server.run(signals: []) } }

    var summaries: [TemplateSummary] { parser.liveTreeCopy().summaries() }

    /// Each knows of all the others, of itself, and of one that is away.
    func replicator(_ ports: [Int], _ certificates: Certificates) throws -> TemplateReplicator {
        TemplateReplicator(
            peers: Replicas((ports + [1]).map { ("127.0.0.1", $0) }), interval: .milliseconds(200),
            credentials: try TLSCredentials(configuration: certificates.tls("parser"), role: .client),
            templates: templates, metrics: SyncMetrics(MetricsRegistry()), logger: silent)
    }

    /// Runs replicas that exchange their templates while `body` does.
    static func run<Result>(_ count: Int, _ body: ([Replica], [Int]) async throws -> Result) async throws -> Result {
        let certificates = try Certificates()
        let replicas = try (0..<count).map { _ in try Replica(certificates) }
        return try await whileRunning(replicas.map(\.service)) {
            var ports: [Int] = []
            for replica in replicas { ports.append(try #require(await replica.server.port)) }
            let replicators = try replicas.map { try $0.replicator(ports, certificates) }
            return try await whileRunning(replicators) { try await body(replicas, ports) }
        }
    }

    static func areEqual(_ replicas: [Replica]) -> Bool { Set(replicas.map(\.summaries)).count == 1 }

    /// How long it takes until `condition` holds; nil where it does not within half a minute.
    static func time(until condition: () -> Bool) async throws -> Duration? {
        let start = ContinuousClock.now
        while !condition() {
            guard ContinuousClock.now - start < .seconds(30) else { return nil }
            try await Task.sleep(for: .milliseconds(20))
        }
        return ContinuousClock.now - start
    }
}

@Suite("Replicas of the parser", .timeLimit(.minutes(3)))
struct TemplateReplicationTests {
    @Test("three that read different lines have the same templates soon, one of four peers being away")
    func convergence() async throws {
        try await Replica.run(3) { replicas, _ in
            let users = [["ann", "bo"], ["cy", "dee"], ["eve", "flo"]]
            for (replica, names) in zip(replicas, users) {
                _ = try replica.parser.parse(
                    ParseBatch(lines: LineBlock(names.map { "queue of \($0) was drained by the janitor" })))
            }
            let time = try await Replica.time {
                Replica.areEqual(replicas) && replicas[0].summaries.map(\.count) == [6]
            }
            #expect(try #require(time) < .seconds(5))
            #expect(replicas[0].summaries.map(\.text) == ["queue of <*> was drained by the janitor"])

            let id = replicas[0].summaries[0].id
            _ = try replicas[1].templates.rename(RenameTemplate(id: id, name: "drained"))
            _ = try replicas[2].templates.pin(PinTemplate(id: id, isPinned: true))
            let edited = try await Replica.time {
                Replica.areEqual(replicas) && replicas[0].summaries[0].name == "drained"
                    && replicas[0].summaries[0].isPinned
            }
            #expect(edited != nil)
            _ = try replicas[0].templates.delete(DeleteTemplate(id: id))
            #expect(try await Replica.time { replicas.allSatisfy { $0.summaries.isEmpty } } != nil)
        }
    }

    private static let directory = ProcessInfo.processInfo.environment["TOCSIN_DATASETS"]

    @Test(
        "three that read thirds of LogHub's lines are equal within five seconds",
        .enabled(if: directory != nil, "SKIPPED: TOCSIN_DATASETS does not name the data sets"))
    func logHub() async throws {
        let folder = try #require(Self.directory) + "/loghub_2k_corrected"
        let contents = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().flatMap { file in
            let csv = [UInt8](try Data(contentsOf: URL(filePath: folder + "/" + file)))
            return try #require(ParsingGroundTruth(csv: csv)).contents
        }
        try await Replica.run(3) { replicas, _ in
            for (index, replica) in replicas.enumerated() {
                let third = stride(from: index, to: contents.count, by: 3).map { contents[$0] }
                replica.parser.withLiveTree { tree in for content in third { _ = tree.add(content) } }
            }
            let time = try await Replica.time {
                Replica.areEqual(replicas)
                    && replicas[0].summaries.reduce(0) { $0 + $1.count } == UInt64(contents.count)
            }
            #expect(try #require(time) < .seconds(5))
        }
    }

    @Test("templates are listed, pinned, renamed and deleted over the wire; an unknown id is NOT_FOUND")
    func edits() async throws {
        let certificates = try Certificates()
        let replica = try Replica(certificates)
        try await withClient(of: replica, certificates, caller: "edge") { client in
            let lines = ["disk full on /dev/sda1", "disk full on /dev/sdb1", "fan 3 failed", "it is quiet"]
            _ = try await client.unary(.parse, ParseBatch(lines: LineBlock(lines)))
            let page = try await client.unary(.listTemplates, TemplateQuery())
            #expect(page.templates.map(\.count) == [2, 1, 1])
            #expect(page.total == 3 && page.totalCount == 4)
            #expect(page.templates[0].typedText == "disk full on <PATH>")
            #expect(page.templates[0].samples.sorted() == lines[..<2].sorted())
            let second = try await client.unary(.listTemplates, TemplateQuery(offset: 1, limit: 1))
            #expect(second.templates == [page.templates[1]] && second.total == 3)
            let found = try await client.unary(.listTemplates, TemplateQuery(contains: "quiet"))
            #expect(found.templates.map(\.text) == ["it is quiet"])

            let id = page.templates[0].id
            #expect(try await client.unary(.pinTemplate, PinTemplate(id: id, isPinned: true)).isPinned)
            let renamed = try await client.unary(.renameTemplate, RenameTemplate(id: id, name: "disk full"))
            #expect(renamed.name == "disk full" && renamed.isPinned)
            let pinned = try await client.unary(.listTemplates, TemplateQuery(pinnedOnly: true))
            #expect(pinned.templates == [renamed])
            #expect(try await client.unary(.deleteTemplate, DeleteTemplate(id: id)) == renamed)
            #expect(try await client.unary(.listTemplates, TemplateQuery()).total == 2)

            let error = await #expect(throws: RPCError.self) {
                try await client.unary(.deleteTemplate, DeleteTemplate(id: id))
            }
            #expect(error?.code == .notFound)
            #expect(error?.message.contains(id) == true)
            let long = RenameTemplate(id: page.templates[1].id, name: String(repeating: "n", count: 201))
            let refusal = await #expect(throws: RPCError.self) { try await client.unary(.renameTemplate, long) }
            #expect(refusal?.code == .invalidArgument)
        }
    }

    @Test("an id that a template once had still means it")
    func supersededID() async throws {
        let certificates = try Certificates()
        let replica = try Replica(certificates)
        try await withClient(of: replica, certificates, caller: "edge") { client in
            let first = try await client.unary(.parse, ParseBatch(lines: ["pool=main is drained"]))
            let narrow = try #require(try first.lines.first?.get()).template.id
            let second = try await client.unary(.parse, ParseBatch(lines: ["pool=spare is drained"]))
            let wide = try #require(try second.lines.first?.get()).template.id
            #expect(narrow != wide)
            let renamed = try await client.unary(.renameTemplate, RenameTemplate(id: narrow, name: "drained"))
            #expect(renamed.id == wide && renamed.supersedes == [narrow])
        }
    }

    @Test("a parser may ask a parser, and a stranger nobody")
    func authorisation() async throws {
        let certificates = try Certificates()
        let replica = try Replica(certificates)
        try await withClient(of: replica, certificates, caller: "parser") { client in
            let answer = try await client.unary(.sync, SyncRequest())
            #expect(answer.tree == replica.templates.tree && answer.records.isEmpty)
        }
        let other = try Replica(certificates)
        try await withClient(of: other, certificates, caller: "embedding") { client in
            let error = await #expect(throws: RPCError.self) { try await client.unary(.sync, SyncRequest()) }
            #expect(error?.code == .permissionDenied)
        }
    }

    @Test("a parser whose name another one has takes a new one, and no message is lost")
    func copiedName() async throws {
        var first = DrainTree(replica: "copied")
        _ = first.add("fan stopped")
        let parser = LineParser(
            library: try .standard(), frozenTree: FrozenTree(typedTexts: []), liveTree: DrainTree(replica: "copied"))
        let templates = LiveTemplates(parser)
        for _ in 0..<3 { _ = try parser.parse(ParseBatch(lines: ["disk full"])) }
        let records = Array(first.state.records.values)
        #expect(!(await templates.merge(records, from: "copied")))
        #expect(await templates.merge(records, from: "copied"))
        #expect(await templates.page(TemplateQuery()).templates.map(\.count) == [3, 1])
    }

    private func withClient(
        of replica: Replica, _ certificates: Certificates, caller: String,
        _ body: (TierClient) async throws -> Void
    ) async throws {
        try await whileRunning([replica.service]) {
            let port = try #require(await replica.server.port)
            let client = try TierClient(
                TierClientConfiguration(.parser, replicas: Replicas([("127.0.0.1", port)])),
                credentials: TLSCredentials(configuration: certificates.tls(caller), role: .client), logger: silent)
            try await whileRunning([client]) { try await body(client) }
        }
    }
}
