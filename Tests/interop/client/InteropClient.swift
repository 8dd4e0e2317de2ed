internal import ArgumentParser
internal import Foundation
internal import Logging
internal import Pipeline
internal import RemoteTiers
internal import ServiceKit
internal import TocsinCore

/// Makes one call to a tier and prints its outcome as one line of JSON, for tests whose server is not ours.
@main
struct InteropClient: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "interop-client")

    enum Tier: String, ExpressibleByArgument, CaseIterable {
        case parser, embedding, classifier
    }

    @Argument(help: "The tier to call.") var tier: Tier
    @Option(help: "Where its replicas are, as host:port with commas between them.") var replicas: String
    @Option(help: "The folder with ca.pem and the edge's certificate.") var certificates: String
    @Option(help: "Seconds that the call may take.") var timeout = 30.0
    @Option(help: "Seconds after which the call is cancelled.") var cancelAfter: Double?
    @Option(help: "The number of lines, texts or rows.") var items = 3
    @Option(help: "The bytes of each line or text.") var itemBytes = 40
    @Option(help: "What the call asks for by name: a log type, or a model.") var name: String?

    func run() async throws {
        guard let replicas = Replicas(replicas) else { throw ValidationError("--replicas is not host:port") }
        let defaults: TierDefaults =
            switch tier {
            case .parser: .parser
            case .embedding: .embedding
            case .classifier: .classifier
            }
        var configuration = TierClientConfiguration(defaults, replicas: replicas)
        configuration.timeout = .seconds(timeout)
        let credentials = try TLSCredentials(
            configuration: TLSConfiguration(
                certificateChain: "\(certificates)/edge.pem", privateKey: "\(certificates)/edge.key",
                trustRoots: "\(certificates)/ca.pem"),
            role: .client)
        let client = try TierClient(
            configuration, credentials: credentials, logger: Logger(label: "interop-client"))
        let outcome = try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask {
                try await client.run()
                return nil
            }
            let outcome = await self.outcome(of: client)
            client.shutDown()
            try await group.waitForAll()
            return outcome
        }
        print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
    }

    private func outcome(of client: TierClient) async -> Outcome {
        let start = ContinuousClock.now
        var outcome = await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await self.attempt(client) }
            if let cancelAfter {
                try? await Task.sleep(for: .seconds(cancelAfter))
                group.cancelAll()
            }
            return await group.next() ?? Outcome()
        }
        outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
        return outcome
    }

    private func attempt(_ client: TierClient) async -> Outcome {
        do {
            return try await call(client)
        } catch let error as TierError {
            return Outcome(error: error.name, reason: "\(error)")
        } catch is CancellationError {
            return Outcome(error: "cancelled")
        } catch {
            return Outcome(error: "other", reason: "\(error)")
        }
    }

    /// Lines of any bytes, NUL and broken UTF-8 among them; what comes back is said in the outcome.
    private func call(_ client: TierClient) async throws -> Outcome {
        var block = LineBlock()
        for index in 0..<items {
            block.append((0..<itemBytes).map { UInt8(truncatingIfNeeded: index &+ $0) })
        }
        switch tier {
        case .parser:
            let parsed = try await RemoteParsingTier(client).parse(ParseBatch(lines: block, forcedLogType: name))
            return Outcome(
                items: parsed.lines.count,
                texts: parsed.lines.prefix(3).map { (try? $0.get().content) ?? "failed" },
                numbers: parsed.lines.prefix(3).flatMap { (try? $0.get().features) ?? [] })
        case .embedding:
            let embedded = try await RemoteEmbeddingTier(client).embed(EmbedBatch(texts: block))
            return Outcome(
                items: embedded.vectors.count, texts: [embedded.encoderSHA256],
                numbers: Array(embedded.vectors.values.prefix(3)))
        case .classifier:
            let vectors = VectorBlock(dimension: 768, values: Array(repeating: 0.25, count: items * 768))
            let features = VectorBlock(dimension: 22, values: Array(repeating: 1, count: items * 22))
            let batch = ClassifyBatch(
                vectors: vectors ?? VectorBlock(dimension: 768), features: features ?? VectorBlock(dimension: 22),
                modelTexts: block, modelTemplates: block, logTypes: Array(repeating: "Linux", count: items),
                model: name, featureSchema: FeatureSchema(version: 1, templateTreeSHA256: "tree"),
                encoderSHA256s: ["encoder"])
            let classified = try await RemoteClassifyingTier(client).classify(batch)
            return Outcome(
                items: classified.predictions.count, texts: [classified.model.name],
                numbers: classified.predictions.prefix(3).map { (try? $0.get().confidence) ?? -1 })
        }
    }
}

/// What came of a call.
struct Outcome: Encodable {
    var items = 0
    var texts: [String] = []
    var numbers: [Float] = []
    var error: String?
    var reason: String?
    var seconds = 0.0
}

extension TierError {
    fileprivate var name: String {
        switch self {
        case .unavailable: "unavailable"
        case .overloaded: "overloaded"
        case .deadlineExceeded: "deadlineExceeded"
        case .invalidRequest: "invalidRequest"
        case .failed: "failed"
        }
    }
}
