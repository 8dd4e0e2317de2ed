import Foundation
import Heads
import LineFeatures
import Testing
import TocsinCore

@testable import Classification

@Suite struct EnsembleModelTests {
    /// Words that speak for class 1, and against class 2, as strongly as the weight says.
    private static func addWords(to folder: ModelsFolder, weight: Float) throws -> ModelArtifact {
        var head = WordsHead(texts: ["alarm", "alarm"], classCount: AnomalyClass.count, leastTexts: 1)
        head.parameters[1] = weight
        head.parameters[2] = -weight
        return try ModelArtifact.write(
            manifest("words"), files: [WordsHead.fileName: head.encoded()], to: folder.folder(of: .words))
    }

    private static func manifest(_ name: String) -> ModelManifest {
        ModelManifest(
            name: name, algorithm: "test", version: "1", encoderSHA256: "", featureSchema: TestRows.schema,
            temperature: 1, abstentionThreshold: 0.3,
            training: .init(dataSHA256: "d", lineCount: 7, sampleCount: 7, seed: 1, parameters: [:]), metrics: [:])
    }

    private static func addEnsemble(
        to folder: ModelsFolder, _ components: [(String, String, Double)]
    ) throws {
        let mixture = Mixture(components: components.map { .init(model: $0.0, sha256: $0.1, weight: $0.2) })
        try ModelArtifact.write(
            manifest("ensemble"), files: [Mixture.fileName: mixture.json()], to: folder.folder(of: .ensemble))
    }

    private static func batch(_ text: String, model: String) -> ClassifyBatch {
        var batch = TestRows.batch([5], model: model)
        batch.modelTexts = [text]
        return batch
    }

    @Test("it says what its models say, as much as each weighs")
    func mixes() throws {
        let folder = try ModelsFolder()
        let trees = try folder.addModel(), words = try Self.addWords(to: folder, weight: 6)
        func answer(_ weights: (Double, Double), text: String = "alarm") throws -> Prediction {
            try Self.addEnsemble(to: folder, [("ml", trees.sha256, weights.0), ("words", words.sha256, weights.1)])
            let engine = try ClassificationEngine(modelsDirectory: folder.path)
            #expect(engine.models.first { $0.name == "ensemble" }?.encoderVariants == [.base])
            return try engine.classify(Self.batch(text, model: "ensemble")).predictions[0].get()
        }
        #expect(try answer((1, 0.1)).anomalyClass.rawValue == 5)
        #expect(try answer((0.1, 1)).anomalyClass.rawValue == 1)
        #expect(try answer((0.1, 1), text: "unheard of").anomalyClass.rawValue == 5)
        #expect(abs(try answer((1, 1)).probabilities.reduce(0, +) - 1) < 1e-5)
    }

    @Test("words need no vectors, and the vectors of an encoder are refused")
    func words() throws {
        let folder = try ModelsFolder()
        try folder.addModel()
        _ = try Self.addWords(to: folder, weight: 6)
        let engine = try ClassificationEngine(modelsDirectory: folder.path)
        var batch = Self.batch("alarm", model: "words")
        #expect(throws: ClassificationError.self) { try engine.classify(batch) }
        batch.vectors = VectorBlock(dimension: 1)
        batch.encoderSHA256s = []
        #expect(try engine.classify(batch).predictions[0].get().anomalyClass.rawValue == 1)
    }

    @Test("a model that was trained anew, one that is not there and an ensemble in an ensemble are refused")
    func refusals() throws {
        let folder = try ModelsFolder()
        let trees = try folder.addModel()
        for (name, sha256) in [("ml", "other"), ("words", trees.sha256), ("ensemble", trees.sha256), ("nothing", "")] {
            try Self.addEnsemble(to: folder, [("ml", trees.sha256, 1), (name, sha256, 1)])
            #expect(throws: ModelError.self) {
                try ModelArtifact(directory: folder.folder(of: .ensemble)).verify()
            }
        }
        try Self.addEnsemble(to: folder, [])
        #expect(throws: ModelError.self) { try ModelArtifact(directory: folder.folder(of: .ensemble)).verify() }
    }
}
