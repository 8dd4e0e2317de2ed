import Foundation
import Heads
import LineFeatures
import Testing
import TocsinCore

@testable import Classification

@Suite struct WordsModelTests {
    /// A model whose terms and features each speak for and against classes; the rows' severity is their class.
    private static func engine() throws -> (ClassificationEngine, ModelsFolder) {
        let folder = try ModelsFolder()
        var head = WordsHead(
            texts: ["text alarm", "text calm"],
            features: [ScaledFeature(name: LineFeature.severity.name, values: [0, 3, 6])],
            classCount: AnomalyClass.count, leastTexts: 1, hasPieces: true)
        for index in head.parameters.indices { head.parameters[index] = Float(index % 11) - 5 }
        let manifest = ModelManifest(
            name: "words", algorithm: "test", version: "1", encoderSHA256: "", featureSchema: TestRows.schema,
            temperature: 1, abstentionThreshold: 0,
            training: .init(dataSHA256: "d", lineCount: 7, sampleCount: 7, seed: 1, parameters: [:]), metrics: [:])
        try ModelArtifact.write(
            manifest, files: [WordsHead.fileName: head.encoded()], to: folder.folder(of: .words))
        return (try ClassificationEngine(modelsDirectory: folder.path, active: .words), folder)
    }

    private static func batch(_ texts: LineBlock) -> ClassifyBatch {
        var batch = TestRows.batch([0, 6, 2], model: "words")
        batch.modelTexts = texts
        batch.vectors = VectorBlock(dimension: 1)
        batch.encoderSHA256s = []
        return batch
    }

    @Test("what words and features add is the margin, exactly but for rounding")
    func parts() throws {
        let (engine, folder) = try Self.engine()
        defer { withExtendedLifetime(folder) {} }
        let rows = Self.batch(["text alarm", "calm, calm alarm", "unheard of"])
        for anomalyClass in AnomalyClass.allCases {
            let answer = try engine.explain(
                ExplainBatch(rows: rows, classes: [anomalyClass, anomalyClass, anomalyClass]))
            for explanation in answer.explanations {
                let margin = try #require(try explanation.get().margin)
                let sum = margin.groups.reduce(margin.base) { $0 + $1.contribution }
                #expect(abs(sum - margin.value) < 1e-4 * max(1, abs(margin.value)))
                #expect(Set(margin.groups.map(\.name)) == ["words", "level"])
                #expect(margin.features.map(\.name) == [LineFeature.severity.name])
                let words = margin.words.reduce(0) { $0 + $1.contribution }
                #expect(abs(words - (margin.groups.first { $0.name == "words" }?.contribution ?? 0)) < 1e-4)
            }
        }
    }

    @Test("the level of the line counts, and one that is not finite fails its line alone")
    func features() throws {
        let (engine, folder) = try Self.engine()
        defer { withExtendedLifetime(folder) {} }
        var rows = Self.batch(["text", "text", "text"])
        let answers = try engine.classify(rows).predictions.map { try $0.get().probabilities }
        #expect(answers[0] != answers[1])
        var features = VectorBlock(dimension: FeatureTable.lineFeatureCount)
        for row in 0..<3 {
            var line = Array(rows.features[row])
            if row == 1 { line[LineFeature.severity.rawValue] = .nan }
            features.append(line)
        }
        rows.features = features
        let failed = try engine.classify(rows).predictions
        #expect(try failed[0].get().probabilities == answers[0] && failed[2].get().probabilities == answers[2])
        guard case .failure(let failure) = failed[1] else {
            Issue.record("a level that is not a number was accepted")
            return
        }
        #expect(failure.code == .invalidArgument)
    }
}
