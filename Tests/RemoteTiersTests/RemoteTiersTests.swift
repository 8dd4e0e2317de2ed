import Pipeline
import RemoteTiers
import ServiceKit
import Testing
import TierDoubles
import TocsinCore

@testable import tocsin_classifier

@Suite("Tiers behind sockets", .timeLimit(.minutes(2)))
struct RemoteTiersTests {
    @Test("a remote parsing tier answers what the tier behind it answers")
    func parse() async throws {
        let local = RecordingParser()
        let batch = ParseBatch(lines: ["sshd: first", "bad", "", "text#3"], forcedLogType: "Linux")
        try await Deployment.run(parsing: local) { tiers in
            let remote = try await tiers.parsing.parse(batch)
            #expect(local.batches == [batch])
            #expect(try await local.parse(batch) == remote)
            #expect(try await tiers.parsing.info() == local.info())
        }
    }

    @Test("a remote embedding tier answers what the tier behind it answers")
    func embed() async throws {
        let local = RecordingEmbedder()
        let batch = EmbedBatch(texts: ["one", "unembeddable", "three"])
        try await Deployment.run(embedding: local) { tiers in
            let remote = try await tiers.embedding.embed(batch)
            #expect(local.batches == [batch])
            let expected = try await local.embed(batch)
            #expect(remote.tokenCounts == expected.tokenCounts)
            #expect(remote.failures == expected.failures)
            #expect(remote.vectors[0] == expected.vectors[0])
            #expect(remote.vectors[2] == expected.vectors[2])
            #expect(try await tiers.embedding.info() == local.info())
        }
    }

    @Test("a remote classifying tier answers what the tier behind it answers")
    func classify() async throws {
        let local = RecordingClassifier()
        var vectors = VectorBlock(dimension: 768)
        var features = VectorBlock(dimension: 22)
        for row in 0..<3 {
            vectors.append(Array(repeating: Float(row), count: 768))
            features.append(Array(repeating: Float(row), count: 22))
        }
        let batch = ClassifyBatch(
            vectors: vectors, features: features, modelTexts: ["a", "unclassifiable", "c"],
            modelTemplates: ["a", "b", "c"], logTypes: ["Linux", "Linux", "Unknown"], model: "ml",
            featureSchema: FeatureSchema(version: 1, templateTreeSHA256: "t"), encoderSHA256s: ["e"])
        try await Deployment.run(classifying: local) { tiers in
            let remote = try await tiers.classifying.classify(batch)
            #expect(local.batches == [batch])
            #expect(try await local.classify(batch) == remote)
            #expect(try await tiers.classifying.info() == local.info())
        }
    }

    @Test("activating a model reaches the classifier, and what is not loaded is refused")
    func activate() async throws {
        let lora = ModelInfo(name: "lora", algorithm: "BERT", version: "1", sha256: "l", isActive: false)
        let local = RecordingClassifier(models: [RecordingClassifier.ml, lora])
        try await Deployment.run(classifying: local) { tiers in
            try await tiers.classifying.activate("lora")
            #expect(local.models.filter(\.isActive).map(\.name) == ["lora"])
            let error = await #expect(throws: TierError.self) { try await tiers.classifying.activate("dann") }
            #expect("\(error, default: "")".contains("1 of its 1 replicas have no model 'dann'"))
        }
    }

    @Test("no replica is made to use a model while another one is away")
    func activateAll() async throws {
        let lora = ModelInfo(name: "lora", algorithm: "BERT", version: "1", sha256: "l", isActive: false)
        let local = RecordingClassifier(models: [RecordingClassifier.ml, lora])
        try await Deployment.serve([(.classifier, ClassifierService(tier: local))], away: 1) { clients in
            let error = await #expect(throws: TierError.self) {
                try await RemoteClassifyingTier(clients[0]).activate("lora")
            }
            #expect("\(error, default: "")".contains("the replica at 127.0.0.1:1:"))
            #expect(local.models.filter(\.isActive).map(\.name) == ["ml"])
        }
    }

    @Test("a whole analysis runs over the wire as it does in memory")
    func analysis() async throws {
        let local = Tiers(
            parsing: RecordingParser(), embedding: RecordingEmbedder(), classifying: RecordingClassifier())
        let lines = LineBlock((0..<500).map { "sshd: line number \($0)" })
        let expected = try await LogAnalyzer(local).analyze(lines)
        try await Deployment.run { tiers in
            let analysis = try await LogAnalyzer(tiers).analyze(lines)
            #expect(analysis.lines == expected.lines)
        }
    }

    @Test(
        "what a tier throws comes through the wire",
        arguments: [
            TierError.overloaded(tier: "parser", reason: "busy"),
            .invalidRequest(tier: "parser", reason: "no such format"),
            .unavailable(tier: "parser", reason: "shutting down"), .deadlineExceeded(tier: "parser"),
        ])
    func errors(error: TierError) async throws {
        try await Deployment.run(parsing: RecordingParser { throw error }) { tiers in
            await #expect(throws: error) { try await tiers.parsing.parse(ParseBatch(lines: ["x"])) }
        }
    }

    @Test("a cancelled call is a CancellationError, whatever gRPC calls it")
    func cancelled() async throws {
        let parser = RecordingParser { try await Task.sleep(for: .seconds(60)) }
        try await Deployment.run(parsing: parser) { tiers in
            await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { _ = try await tiers.parsing.parse(ParseBatch(lines: ["x"])) }
                while parser.batches.isEmpty { await Task.yield() }
                tasks.cancelAll()
                await #expect(throws: CancellationError.self) { try await tasks.waitForAll() }
            }
        }
    }

    @Test("the tiers accept the edge only")
    func stranger() async throws {
        try await Deployment.run(caller: "client") { tiers in
            let error = await #expect(throws: TierError.self) {
                try await tiers.parsing.parse(ParseBatch(lines: ["x"]))
            }
            #expect("\(error, default: "")".contains("permissionDenied"))
        }
    }
}
