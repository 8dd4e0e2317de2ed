import Foundation
import GRPCCore
import Logging
import Pipeline
import RemoteTiers
import RunningServices
import ServiceKit
import ServiceLifecycle
import TierDoubles

@testable import tocsin_classifier
@testable import tocsin_embedding
@testable import tocsin_parser

/// The certificates that `deploy/make-certificates` makes, in a directory that goes with them.
final class Certificates: Sendable {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "tiers-\(UUID().uuidString)")
        let script = Process()
        script.executableURL =
            URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../deploy/make-certificates").standardized
        script.arguments = [directory.path]
        try script.run()
        script.waitUntilExit()
        guard script.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func tls(_ name: String) -> TLSConfiguration {
        TLSConfiguration(
            certificateChain: directory.appending(path: "\(name).pem").path,
            privateKey: directory.appending(path: "\(name).key").path,
            trustRoots: directory.appending(path: "ca.pem").path)
    }
}

/// The three services as their programs set them up, each on a free port, and a client for each.
enum Deployment {
    @discardableResult
    static func run<Result>(
        parsing: any ParsingTier = RecordingParser(), embedding: any EmbeddingTier = RecordingEmbedder(),
        classifying: any ClassifyingTier = RecordingClassifier(), caller: String = "edge",
        _ body: (Tiers) async throws -> Result
    ) async throws -> Result {
        try await serve(
            [
                (.parser, ParserService(tier: parsing)), (.embedding, EmbeddingService(tier: embedding)),
                (.classifier, ClassifierService(tier: classifying)),
            ], caller: caller
        ) { clients in
            try await body(
                Tiers(
                    parsing: RemoteParsingTier(clients[0]), embedding: RemoteEmbeddingTier(clients[1]),
                    classifying: RemoteClassifyingTier(clients[2])))
        }
    }

    /// Runs each service on a server of its own, and `body` with a client for each.
    ///
    /// - Parameter away: the port of a further replica of each, where nobody listens.
    static func serve<Result>(
        _ services: [(tier: TierDefaults, service: any RegistrableRPCService)], caller: String = "edge",
        away: Int? = nil, _ body: ([TierClient]) async throws -> Result
    ) async throws -> Result {
        let certificates = try Certificates()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        func server(_ tier: TierDefaults, _ service: any RegistrableRPCService) throws -> TierServer {
            let configuration = ServerConfiguration(
                port: 0, metricsPort: 0, tls: certificates.tls(tier.tier),
                authorization: CallerAuthorization(acceptedNames: tier.authorizedCallers))
            return try TierServer(configuration, services: [service], logger: logger)
        }
        func client(_ tier: TierDefaults, _ server: TierServer) async throws -> TierClient {
            try TierClient(
                TierClientConfiguration(
                    tier,
                    replicas: Replicas([await server.port ?? 0, away].compactMap(\.self).map { ("127.0.0.1", $0) })),
                credentials: TLSCredentials(configuration: certificates.tls(caller), role: .client), logger: logger)
        }
        let servers = try services.map { try server($0.tier, $0.service) }
        return try await whileRunning(servers.map { server in ClosureService { try await server.run(signals: []) } }) {
            var clients: [TierClient] = []
            for (index, server) in servers.enumerated() {
                clients.append(try await client(services[index].tier, server))
            }
            return try await whileRunning(clients) { try await body(clients) }
        }
    }
}
