import Foundation
import LineFeatures
import TocsinCore
import TreeEnsemble

@testable import Classification

/// A folder of models that is removed with the value's last use.
final class ModelsFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "tocsin-models-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A model whose class is written in the severity column, in the folder of `name`.
    @discardableResult
    func addModel(
        _ name: ModelName = .ml, columns: Int = FeatureTable.count, classes: Int = AnomalyClass.count,
        change: (inout ModelManifest) -> Void = { _ in }
    ) throws -> ModelArtifact {
        var parameters = TreeParameters.xgboost(seed: 1)
        parameters.rounds = 5
        parameters.learningRate = 0.6
        parameters.columnsByTree = 1
        parameters.subsample = 1
        let set = TestRows.trainingSet(columns: columns, classes: classes)
        let ensemble = try TreeEnsemble.train(on: set, classCount: classes, parameters: parameters, threads: 1)
        var manifest = ModelManifest(
            name: name.rawValue, algorithm: "XGBoost", version: "1", encoderSHA256: TestRows.encoder,
            featureSchema: TestRows.schema, temperature: 1.5, abstentionThreshold: 0.3,
            training: .init(dataSHA256: "d", lineCount: 70, sampleCount: 70, seed: 1, parameters: [:]), metrics: [:])
        change(&manifest)
        return try ModelArtifact.write(
            manifest, files: [TreeModel.boosterFileName: ensemble.serialized()], to: folder(of: name))
    }

    func folder(of name: ModelName) -> String { path + "/" + name.rawValue }
}

/// Rows whose class is written in the severity column.
enum TestRows {
    static let encoder = String(repeating: "e", count: 64)
    static let schema = FeatureSchema(
        version: FeatureTable.schemaVersion, templateTreeSHA256: String(repeating: "t", count: 64))

    static func trainingSet(columns: Int, classes: Int) -> TrainingSet {
        let labels = (0..<10 * classes).map { $0 % classes }
        let rows = labels.flatMap { label -> [Float] in
            var row = [Float](repeating: 0.25, count: columns)
            row[columns - 8] = Float(label)
            return row
        }
        return TrainingSet(rows: rows, columnCount: columns, labels: labels)
    }

    /// A batch of rows of these classes.
    static func batch(_ classes: [Int], model: String? = nil) -> ClassifyBatch {
        var vectors = VectorBlock(dimension: FeatureTable.embeddingCount)
        var features = VectorBlock(dimension: FeatureTable.lineFeatureCount)
        for label in classes {
            vectors.append([Float](repeating: 0.25, count: FeatureTable.embeddingCount))
            var line = [Float](repeating: 0.25, count: FeatureTable.lineFeatureCount)
            line[LineFeature.severity.rawValue] = Float(label)
            features.append(line)
        }
        let texts = LineBlock(classes.map { "text \($0)" })
        return ClassifyBatch(
            vectors: vectors, features: features, modelTexts: texts, modelTemplates: texts,
            logTypes: classes.map { _ in "Linux" }, model: model, featureSchema: schema, encoderSHA256s: [encoder])
    }
}
