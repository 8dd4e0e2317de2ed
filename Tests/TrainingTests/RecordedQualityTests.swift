import Classification
import Foundation
import LineFeatures
import Testing
import TocsinCore

@testable import Training

@Suite("What recorded verdicts say of a model")
struct RecordedQualityTests {
    private let folder: TemporaryFolder
    private var directory: String { folder.path + "/words" }

    init() throws { folder = try TemporaryFolder() }

    /// A folder of a model that was trained before it was measured.
    private func writeModel() throws {
        let schema = FeatureSchema(version: FeatureTable.schemaVersion, templateTreeSHA256: "t")
        try ModelArtifact.write(
            ModelManifest(
                name: "words", algorithm: "test", version: "1", encoderSHA256: "", featureSchema: schema,
                temperature: 1.25, abstentionThreshold: 0.4,
                training: .init(dataSHA256: "d", lineCount: 7, sampleCount: 7, seed: 1, parameters: [:]),
                metrics: ["validation texts": 9]),
            files: ["weights.bin": [1, 2, 3], ModelTraining.cardFileName: Array("# Words\n\nMade of words.\n".utf8)],
            to: directory)
    }

    /// Five splits of a model that takes every fourth template of a class for one of the next.
    private static let verdicts = (0..<280).map { index in
        let label = index % AnomalyClass.count
        let said = (label + (index / AnomalyClass.count % 4 == 0 ? 1 : 0)) % AnomalyClass.count
        return TemplateVerdict(
            id: "T/\(index)", split: index % 5, label: label,
            probabilities: AnomalyClass.allCases.map { $0.rawValue == said ? 0.7 : 0.05 },
            lineCounts: AnomalyClass.allCases.map { $0.rawValue == said ? 1 : 0 })
    }

    private func record(_ protocols: [EvaluationProtocol]) throws {
        var table = OutOfFoldTable()
        for name in protocols { table.verdicts[name] = Self.verdicts }
        try table.write(to: OutOfFoldTable.path(of: .words, in: folder.path))
    }

    private func evaluation() throws -> [String: ModelQuality] {
        let file = try ModelArtifact(directory: directory).files[EvaluationFile.name] ?? []
        return try JSONDecoder().decode([String: ModelQuality].self, from: Data(file))
    }

    @Test("a model that was measured after it was trained gets its figures, and keeps all else")
    func added() throws {
        try writeModel()
        let before = try ModelArtifact(directory: directory)
        try record([.templates, .sources])
        let after = try RecordedQuality.add(to: .words, in: folder.path)
        #expect(after.files["weights.bin"] == before.files["weights.bin"])
        #expect(after.manifest.temperature == 1.25 && after.manifest.metrics["validation texts"] == 9)
        #expect(after.manifest.metrics["T macro-F1 per template"] == 0.75)
        #expect(after.manifest.metrics["S accuracy per template"] == 0.75)
        #expect(try Set(evaluation().keys) == ["T", "S"])
    }

    @Test("the figures are those of the verdicts")
    func figures() throws {
        try writeModel()
        try record([.templates])
        try RecordedQuality.add(to: .words, in: folder.path)
        let quality = try #require(try evaluation()["T"])
        #expect(quality.flaw == nil && quality.templateCount == 280)
        #expect(quality.macroF1 == 0.75 && quality.accuracy == 0.75)
        #expect(quality.macroF1Interval.contains(0.75))
        #expect(quality.macroF1Interval.upperBound - quality.macroF1Interval.lowerBound < 0.15)
        #expect(quality.confusion[2] == [0, 0, 30, 10, 0, 0, 0])
        // One temperature makes all verdicts as sure as they are right.
        #expect(quality.reliability.map(\.count) == [280])
        #expect(abs(quality.reliability[0].confidence - 0.75) < 0.01 && quality.reliability[0].accuracy == 0.75)
        #expect(quality.calibrationError < 0.01)
    }

    @Test("the same verdicts give the same folder, and a newer protocol leaves the others")
    func repeated() throws {
        try writeModel()
        try record([.templates])
        let first = try RecordedQuality.add(to: .words, in: folder.path)
        let again = try RecordedQuality.add(to: .words, in: folder.path)
        #expect(first.sha256 == again.sha256)
        let figures = try evaluation()
        try record([.templates, .sources])
        try RecordedQuality.add(to: .words, in: folder.path)
        #expect(try evaluation()["T"] == figures["T"])
    }

    @Test("a model that nobody measured gets no file")
    func unmeasured() throws {
        try writeModel()
        let artifact = try RecordedQuality.add(to: .words, in: folder.path)
        #expect(artifact.files[EvaluationFile.name] == nil)
        let card = try #require(artifact.files[ModelTraining.cardFileName])
        #expect(String(decoding: card, as: UTF8.self).contains("--retrain"))
    }

    @Test("the card keeps how the model was made, and shows the paired difference to the models it stands beside")
    func card() throws {
        try writeModel()
        try record([.templates, .sources, .field])
        let bagOfWords = OutOfFoldTable.bagOfWordsPath(in: folder.path)
        try OutOfFoldTable(of: .words, in: folder.path).write(to: bagOfWords)
        var artifact = try ModelArtifact(directory: directory)
        var manifest = artifact.manifest
        manifest.name = "lora"
        try ModelArtifact.write(manifest, files: artifact.files, to: folder.path + "/lora")
        var table = try OutOfFoldTable(of: .words, in: folder.path)
        table.verdicts[.templates] = Self.verdicts.map { verdict in
            var right = verdict
            right.probabilities = AnomalyClass.allCases.map { $0.rawValue == verdict.label ? 0.7 : 0.05 }
            return right
        }
        try table.write(to: OutOfFoldTable.path(of: .lora, in: folder.path))
        for _ in 0..<2 { artifact = try RecordedQuality.add(to: .lora, in: folder.path) }
        let card = String(decoding: artifact.files[ModelTraining.cardFileName] ?? [], as: UTF8.self)
        #expect(card.hasPrefix("# Words\n\nMade of words.\n\n## How good it is\n"))
        #expect(card.components(separatedBy: "## How good").count == 2)
        #expect(card.contains("| T | 280 | 1.000 | 1.000-1.000 |") && card.contains("| +0.250 ("))
        #expect(card.contains("| F | 280 | 0.750 |") && card.contains("| +0.000 (+0.000 to +0.000) |"))
        #expect(
            try JSONDecoder().decode(
                [String: ModelQuality].self, from: Data(artifact.files[EvaluationFile.name] ?? [])
            ).keys.sorted() == ["S", "T"])
        #expect(card.contains("difference to the bag of words") && !card.contains("difference to `lora`"))
    }
}
