import Foundation
import Heads
import LineFeatures
import Testing
import TocsinCore

@testable import Classification

@Suite struct HeadModelTests {
    /// A head whose class is written in the first component of the vector, or in the text's template length.
    private static func head(readsTemplate: Bool = false, width: Int = 768, classes: Int = 7) -> TrainedHead {
        let features = readsTemplate ? [ScaledFeature(name: "template_length", values: [0, 1, 5])] : []
        let shape = DenseShape(widths: [width + features.count, classes])
        var parameters = [Float](repeating: 0, count: shape.parameterCount)
        for index in 0..<classes {
            // Class i wins where the component is nearest to i: 2 i x - i².
            parameters[index * shape.inputs + (readsTemplate ? width : 0)] = 8 * Float(index)
            parameters[shape.biasRange(0).lowerBound + index] = -4 * Float(index * index)
        }
        return TrainedHead(head: DenseHead(shape, parameters: parameters), features: features)
    }

    private static func write(
        _ head: TrainedHead, to folder: ModelsFolder, change: (inout [UInt8]) -> Void = { _ in }
    ) throws {
        var bytes = try head.json()
        change(&bytes)
        let manifest = ModelManifest(
            name: "lora", algorithm: "LoRA-BERT", version: "1", encoderSHA256: TestRows.encoder,
            featureSchema: TestRows.schema, temperature: 1.5, abstentionThreshold: 0.3,
            training: .init(dataSHA256: "d", lineCount: 7, sampleCount: 7, seed: 1, parameters: [:]), metrics: [:])
        try ModelArtifact.write(manifest, files: [TrainedHead.fileName: bytes], to: folder.folder(of: .lora))
    }

    private static func batch(_ classes: [Int], change: (inout [Float], Int) -> Void = { _, _ in }) -> ClassifyBatch {
        var batch = TestRows.batch(classes, model: "lora")
        batch.vectors = VectorBlock(dimension: 768)
        for (row, label) in classes.enumerated() {
            var vector = [Float](repeating: 0.5, count: 768)
            vector[0] = Float(label)
            change(&vector, row)
            batch.vectors.append(vector)
        }
        return batch
    }

    @Test("a head answers beside trees, each row with its class and probabilities that sum to one")
    func classes() throws {
        let folder = try ModelsFolder()
        try folder.addModel()
        try Self.write(Self.head(), to: folder)
        let engine = try ClassificationEngine(modelsDirectory: folder.path)
        #expect(engine.models.map(\.name) == ["ml", "lora"])
        let labels = [6, 0, 3, 1, 2, 5, 4]
        let answer = try engine.classify(Self.batch(labels))
        #expect(answer.model.algorithm == "LoRA-BERT")
        for (result, label) in zip(answer.predictions, labels) {
            let prediction = try result.get()
            #expect(prediction.anomalyClass.rawValue == label)
            #expect(abs(prediction.probabilities.reduce(0, +) - 1) < 1e-5)
        }
    }

    @Test("a row whose vector holds no number fails alone, the others are as without it")
    func notFinite() throws {
        let folder = try ModelsFolder()
        try folder.addModel()
        try Self.write(Self.head(), to: folder)
        let engine = try ClassificationEngine(modelsDirectory: folder.path)
        let good = try engine.classify(Self.batch([1, 2, 3])).predictions
        let answer = try engine.classify(Self.batch([1, 2, 3]) { if $1 == 1 { $0[700] = .nan } }).predictions
        #expect(answer[0] == good[0] && answer[2] == good[2])
        guard case .failure(let failure) = answer[1] else {
            Issue.record("the row with NaN got a verdict")
            return
        }
        #expect(failure.code == .invalidArgument)
    }

    @Test("a head that was trained with line features reads them")
    func features() throws {
        let folder = try ModelsFolder()
        try folder.addModel()
        let head = Self.head(readsTemplate: true)
        try Self.write(head, to: folder)
        let engine = try ClassificationEngine(modelsDirectory: folder.path)
        var batch = Self.batch([0, 0])
        batch.features = VectorBlock(dimension: 22)
        for length in [Float(0), 400] {
            var line = [Float](repeating: 0.25, count: 22)
            line[LineFeature.templateLength.rawValue] = length
            batch.features.append(line)
        }
        let answer = try engine.classify(batch).predictions.map { try $0.get().anomalyClass.rawValue }
        #expect(answer == [0, 6])
    }

    @Test("heads of another shape, and files that hold none, are refused")
    func refused() throws {
        let folder = try ModelsFolder()
        try folder.addModel()
        for head in [Self.head(width: 384), Self.head(classes: 6)] {
            try Self.write(head, to: folder)
            #expect(throws: ModelError.self) { try ClassificationEngine(modelsDirectory: folder.path) }
        }
        try Self.write(Self.head(), to: folder) { $0.removeLast(20) }
        #expect(throws: ModelError.self) { try ClassificationEngine(modelsDirectory: folder.path) }
        try Self.write(
            TrainedHead(
                head: Self.head(readsTemplate: true).head,
                features: [ScaledFeature(name: "phase_of_moon", values: [1])]),
            to: folder)
        #expect(throws: ModelError.self) { try ClassificationEngine(modelsDirectory: folder.path) }
    }
}
