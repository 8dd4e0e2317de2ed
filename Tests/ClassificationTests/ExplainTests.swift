import LineFeatures
import Testing
import TocsinCore

@testable import Classification

@Suite("Explanations of rows") struct ExplainTests {
    private let folder: ModelsFolder
    private let engine: ClassificationEngine

    init() throws {
        folder = try ModelsFolder()
        try folder.addModel()
        engine = try ClassificationEngine(modelsDirectory: folder.path)
    }

    private func explain(_ rows: ClassifyBatch, _ classes: [AnomalyClass]? = nil) throws -> [RowExplanation] {
        try engine.explain(ExplainBatch(rows: rows, classes: classes)).explanations.map { try $0.get() }
    }

    @Test("the base and the groups add up to the margin within 1e-4, for every class")
    func sum() throws {
        let rows = TestRows.batch(Array(0..<7))
        for anomalyClass in AnomalyClass.allCases {
            for explanation in try explain(rows, (0..<7).map { _ in anomalyClass }) {
                let margin = try #require(explanation.margin)
                let sum = margin.groups.reduce(margin.base) { $0 + $1.contribution }
                #expect(abs(sum - margin.value) <= 1e-4 * max(1, abs(margin.value)))
                #expect(explanation.anomalyClass == anomalyClass)
            }
        }
    }

    @Test("what the class is written in says most: the level, by name and value")
    func groups() throws {
        for (label, explanation) in try explain(TestRows.batch(Array(0..<7))).enumerated() {
            #expect(explanation.prediction.anomalyClass.rawValue == label)
            #expect(explanation.anomalyClass.rawValue == label)
            let margin = try #require(explanation.margin)
            #expect(Set(margin.groups.map(\.name)) == Set(ExplanationGroup.ofColumns.map(\.rawValue)))
            #expect(margin.groups.first?.name == "level")
            let feature = try #require(margin.features.first)
            #expect(feature.name == "severity" && feature.group == "level" && feature.value == Double(label))
            #expect(feature.contribution > 0)
            #expect(explanation.sentence.contains("because of the level"))
        }
    }

    @Test("every column is in a group, the level alone in its own")
    func columns() {
        #expect(ExplanationGroup.ofColumns.count { $0 == .meaning } == FeatureTable.embeddingCount)
        #expect(ExplanationGroup.ofColumns.count { $0 == .level } == 1)
        #expect(ExplanationGroup.ofColumns.count { $0 == .keywords } == 7)
        #expect(Set(ExplanationGroup.ofColumns) == Set(ExplanationGroup.allCases).subtracting([.words]))
    }

    @Test("a row that is not finite fails alone; a class too few fails the batch")
    func hostile() throws {
        var rows = TestRows.batch([1, 2])
        var values = rows.vectors.values
        values[3] = .nan
        rows.vectors = try #require(VectorBlock(dimension: FeatureTable.embeddingCount, values: values))
        let answer = try engine.explain(ExplainBatch(rows: rows)).explanations
        #expect(throws: ItemFailure.self) { try answer[0].get() }
        #expect(try answer[1].get().prediction.anomalyClass.rawValue == 2)
        let error = #expect(throws: ClassificationError.self) { try explain(rows, [.normal]) }
        guard case .malformedBatch? = error else {
            Issue.record("it was \(String(describing: error))")
            return
        }
    }

    @Test("the nearest known templates come with the model, or with another one that reads the same vectors")
    func nearest() throws {
        var vectors = VectorBlock(dimension: FeatureTable.embeddingCount)
        let entries = (0..<7).map { label in
            vectors.append((0..<FeatureTable.embeddingCount).map { Float(($0 * (label + 3)) % 7) })
            return KnownTemplates.Entry(
                text: "template \(label)", anomalyClass: AnomalyClass(rawValue: label) ?? .normal, source: "Linux")
        }
        let artifact = try ModelArtifact(directory: folder.folder(of: .ml))
        var files = artifact.files
        files[KnownTemplates.fileName] = KnownTemplates.encoded(entries, vectors: vectors, farSimilarity: 0.4)
        try ModelArtifact.write(artifact.manifest, files: files, to: folder.folder(of: .ml))
        try folder.addModel(.lora)
        try folder.addModel(.dann) { $0.encoderSHA256 = "other" }
        let engine = try ClassificationEngine(modelsDirectory: folder.path)
        for model in ["ml", "lora"] {
            var rows = TestRows.batch([5], model: model)
            rows.vectors = try #require(
                VectorBlock(dimension: FeatureTable.embeddingCount, values: Array(vectors[5])))
            let explanation = try engine.explain(ExplainBatch(rows: rows)).explanations[0].get()
            #expect(explanation.nearest.count == 3)
            #expect(explanation.nearest[0].text == "template 5")
            #expect(explanation.nearest[0].anomalyClass == .configError)
            #expect(abs(explanation.nearest[0].similarity - 1) < 0.01)
            #expect(!explanation.isFarFromKnown)
            #expect(explanation.sentence.contains("template 5"))
            #expect(try !engine.classify(rows).predictions[0].get().isAbstained)
            let away = vectors[5].map { 1_000 - $0 }
            rows.vectors = try #require(VectorBlock(dimension: FeatureTable.embeddingCount, values: away))
            #expect(try engine.classify(rows).predictions[0].get().isAbstained)
            #expect(try engine.explain(ExplainBatch(rows: rows)).explanations[0].get().isFarFromKnown)
        }
        var rows = TestRows.batch([5], model: "dann")
        rows.encoderSHA256s = ["other"]
        #expect(try engine.explain(ExplainBatch(rows: rows)).explanations[0].get().nearest.isEmpty)
    }
}
