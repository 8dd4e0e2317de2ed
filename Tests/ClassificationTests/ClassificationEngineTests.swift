import LineFeatures
import Testing
import TocsinCore

@testable import Classification

@Suite struct ClassificationEngineTests {
    private let folder: ModelsFolder
    private let engine: ClassificationEngine

    init() throws {
        folder = try ModelsFolder()
        try folder.addModel()
        engine = try ClassificationEngine(modelsDirectory: folder.path)
    }

    @Test("each row gets its class, with probabilities that sum to one")
    func classes() throws {
        let answer = try engine.classify(TestRows.batch([6, 0, 3, 1, 2, 5, 4]))
        let predictions = try answer.predictions.map { try $0.get() }
        #expect(predictions.map(\.anomalyClass.rawValue) == [6, 0, 3, 1, 2, 5, 4])
        #expect(predictions.allSatisfy { abs($0.probabilities.reduce(0, +) - 1) < 1e-5 })
        #expect(answer.model.name == "ml")
        #expect(answer.model.isActive)
        #expect(answer.model.sha256.count == 64)
    }

    @Test("a batch equals its rows one by one, at any size", arguments: [1, 2, 511, 512, 513, 1_100])
    func batch(size: Int) throws {
        let classes = (0..<size).map { $0 * 5 % 7 }
        let whole = try engine.classify(TestRows.batch(classes)).predictions
        let single = try (0..<7).map { try engine.classify(TestRows.batch([$0])).predictions[0].get() }
        #expect(try whole.map { try $0.get() } == classes.map { single[$0] })
    }

    @Test("the same batch gives the same verdicts, also from another load of the same folder")
    func deterministic() throws {
        let batch = TestRows.batch([0, 1, 2, 3, 4, 5, 6])
        let first = try engine.classify(batch)
        #expect(try engine.classify(batch) == first)
        #expect(try ClassificationEngine(modelsDirectory: folder.path).classify(batch) == first)
    }

    @Test("a row that is not finite fails alone, wherever it stands", arguments: [0, 3, 6])
    func badRow(position: Int) throws {
        var batch = TestRows.batch([0, 1, 2, 3, 4, 5, 6])
        let good = try engine.classify(batch).predictions
        var values = batch.features.values
        values[position * FeatureTable.lineFeatureCount] = .nan
        batch.features = try #require(VectorBlock(dimension: FeatureTable.lineFeatureCount, values: values))
        let answer = try engine.classify(batch).predictions
        for row in 0..<7 where row != position { #expect(answer[row] == good[row]) }
        guard case .failure(let failure) = answer[position] else {
            Issue.record("the row with NaN got a verdict")
            return
        }
        #expect(failure.code == .invalidArgument)
        #expect(failure.description.contains("text_length"))
    }

    @Test("an empty batch has no verdicts")
    func empty() throws {
        #expect(try engine.classify(TestRows.batch([])).predictions.isEmpty)
    }

    @Test(
        "columns that do not fit together are refused",
        arguments: [
            { (batch: inout ClassifyBatch) in batch.logTypes.removeLast() },
            { batch in batch.modelTexts.append("more".utf8) },
            { batch in batch.features = VectorBlock(dimension: 22) },
            { batch in batch.features = VectorBlock(dimension: 21) },
            { batch in batch.vectors = VectorBlock(dimension: 384) },
        ] as [@Sendable (inout ClassifyBatch) -> Void])
    func malformed(change: @Sendable (inout ClassifyBatch) -> Void) throws {
        var batch = TestRows.batch([1, 2])
        change(&batch)
        let error = try #require(throws: ClassificationError.self) { try engine.classify(batch) }
        guard case .malformedBatch = error else { throw error }
    }

    @Test("vectors of another encoder and lines of another template tree are refused")
    func wrongInputs() throws {
        var batch = TestRows.batch([1])
        batch.encoderSHA256s = ["other"]
        #expect(throws: ClassificationError.wrongEncoder(model: "ml", found: "other", expected: TestRows.encoder)) {
            try engine.classify(batch)
        }
        batch = TestRows.batch([1])
        batch.featureSchema.templateTreeSHA256 = "other"
        #expect(
            throws: ClassificationError.wrongFeatureSchema(
                model: "ml", found: batch.featureSchema, expected: TestRows.schema)
        ) { try engine.classify(batch) }
        batch.featureSchema = FeatureSchema(version: 99, templateTreeSHA256: TestRows.schema.templateTreeSHA256)
        #expect(throws: ClassificationError.self) { try engine.classify(batch) }
    }

    @Test("a documented model that is not loaded says why; any other name says which are documented")
    func names() throws {
        for name in ["words", "lora", "dann", "hybrid", "ensemble"] {
            let error = try #require(throws: ClassificationError.self) {
                try engine.classify(TestRows.batch([1], model: name))
            }
            guard case .modelNotLoaded(name, let reason, ["ml"]) = error else { throw error }
            #expect(reason.contains("not trained"))
        }
        #expect(
            throws: ClassificationError.unknownModel(
                name: "gpt", documented: ["ml", "words", "lora", "dann", "hybrid", "ensemble"])
        ) { try engine.classify(TestRows.batch([1], model: "gpt")) }
    }

    @Test("another model can be activated, and answers where none is named")
    func activation() throws {
        try folder.addModel(.lora) { $0.version = "lora version" }
        let both = try ClassificationEngine(modelsDirectory: folder.path)
        #expect(both.models.map(\.name) == ["ml", "lora"])
        #expect(try both.classify(TestRows.batch([1])).model.name == "ml")
        try both.activate(.lora)
        #expect(try both.classify(TestRows.batch([1])).model.version == "lora version")
        #expect(try both.classify(TestRows.batch([1], model: "ml")).model.isActive == false)
        #expect(throws: ClassificationError.self) { try both.activate(.dann) }
        #expect(both.models.filter(\.isActive).map(\.name) == ["lora"])
    }

    @Test("a model is exchanged while calls run, and none of them fails")
    func hotSwap() async throws {
        let engine = self.engine, path = folder.path
        let batch = TestRows.batch([0, 1, 2, 3, 4, 5, 6])
        let expected = try engine.classify(batch).predictions
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try (0..<100).allSatisfy { _ in try engine.classify(batch).predictions == expected }
                }
            }
            for _ in 0..<20 { try engine.reload(.ml, from: path) }
            for try await same in group { #expect(same) }
        }
    }

    @Test("a confidence below the manifest's threshold abstains and keeps its class")
    func abstention() throws {
        try folder.addModel { $0.abstentionThreshold = 1 }
        let answer = try ClassificationEngine(modelsDirectory: folder.path).classify(TestRows.batch([3]))
        let prediction = try answer.predictions[0].get()
        #expect(prediction.isAbstained)
        #expect(prediction.anomalyClass == .performanceIssue)
        #expect(try engine.classify(TestRows.batch([3])).predictions[0].get().isAbstained == false)
    }
}
