import BERT
import Foundation
import Heads
import LineFeatures
import TestEncoder
import Testing
import TocsinCore

@testable import Embedding

@Suite("Attributions", .enabled(if: TestEncoder.isPresent, "run models/fetch-encoder"), .timeLimit(.minutes(2)))
final class AttributionTests {
    let checkpoint: Checkpoint
    let models = FileManager.default.temporaryDirectory.appendingPathComponent("models-\(UUID().uuidString)")
    /// Without variants.
    let engine: EmbeddingEngine
    private let texts: LineBlock = ["link eth0 is down", "2 of 8 fans failed in <NUM> ms", "", "login of root refused"]

    init() throws {
        checkpoint = try EncoderSetTests.checkpoint.get()
        engine = EmbeddingEngine(checkpoint)
    }

    deinit { try? FileManager.default.removeItem(at: models) }

    /// Random adapters with a head beside them.
    private func write(_ variant: EncoderVariant, features: [String], widths: [Int] = []) throws -> TrainedHead {
        let folder = models.appendingPathComponent(variant.rawValue)
        let path = folder.appendingPathComponent(EncoderSet.adapterFileName).path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try TestAdapters.random(for: checkpoint).write(to: path)
        let shape = DenseShape(widths: [768 + features.count] + widths + [7])
        let head = TrainedHead(
            head: DenseHead(
                shape, parameters: (0..<shape.parameterCount).map { Float(0.2 * sin(Double($0) * 12.9898)) }),
            features: features.map { ScaledFeature(name: $0, values: [1, 2, 5]) })
        try Data(head.json()).write(to: folder.appendingPathComponent(TrainedHead.fileName))
        return head
    }

    private func directions(_ count: Int) -> VectorBlock {
        var block = VectorBlock(dimension: 768)
        for row in 0..<count { block.append((0..<768).map { Float(sin(Double($0 + row) * 78.233)) }) }
        return block
    }

    /// What the values miss of what they should add up to, as a share of it.
    private func gap(_ text: TextAttribution) -> Float {
        let way = text.score - text.baselineScore
        return abs(text.values.reduce(0, +) - way) / max(abs(way), 1e-3)
    }

    @Test("the score is the direction's product with the vector, and what tokens get adds up to it within 1 %")
    func directions() async throws {
        let vectors = try await engine.embed(EmbedBatch(texts: texts)).vectors
        let answer = try await engine.attribute(AttributeBatch(texts: texts, targets: .directions(directions(4))))
        #expect(answer.failures.isEmpty && answer.headSHA256.isEmpty && answer.encoderSHA256 == checkpoint.sha256)
        for (row, text) in answer.texts.enumerated() {
            let product = zip(vectors[row], directions(4)[row]).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(text.score - product) < 1e-3)
            #expect(gap(text) < 0.01)
        }
        #expect(answer.texts[0].tokens == ["[CLS]", "link", "et", "##h", "##0", "is", "down", "[SEP]"])
        #expect(answer.texts[2].tokens == ["[CLS]", "[SEP]"] && answer.texts[2].values == [0, 0])
        #expect(answer.timings.forward > .zero)
        #expect(engine.statistics.attributionsInFlight == 0)
    }

    @Test("a variant's own head gives a class's log-odds, of its vector and of the line features that it reads")
    func classes() async throws {
        let trained = try write(.hybrid, features: ["template_length", "template_token_count"], widths: [16])
        let engine = EmbeddingEngine(try EncoderSet(checkpoint, modelsDirectory: models.path))
        let vector = try await engine.embed(EmbedBatch(texts: ["fan 3 failed"], variant: .hybrid)).vectors[0]
        var lineFeatures = VectorBlock(dimension: 22)
        lineFeatures.append((0..<22).map { Float($0) })
        let columns = try trained.features.columns(among: FeatureTable.lineFeatures.map(\.name))
        let logits = trained.head.logits(
            vector + trained.features.scaled(lineFeatures[0], columns: columns))
        let exponentials = logits.map { exp($0) }
        for classIndex in [0, 4] {
            let answer = try await engine.attribute(
                AttributeBatch(
                    texts: ["fan 3 failed"], variant: .hybrid,
                    targets: .classes([classIndex], lineFeatures: lineFeatures)))
            let others = exponentials.reduce(0, +) - exponentials[classIndex]
            #expect(abs(answer.texts[0].score - log(exponentials[classIndex] / others)) < 1e-3)
            #expect(gap(answer.texts[0]) < 0.01)
            #expect(answer.headSHA256.count == 64)
            #expect(answer.encoderSHA256 == engine.info().models[1].sha256)
        }
    }

    @Test("what cannot be asked is refused by name: a variant, a head, targets that do not fit, too many texts")
    func refused() async throws {
        func error(_ batch: AttributeBatch) async -> EmbeddingError? {
            await #expect(throws: EmbeddingError.self) { try await engine.attribute(batch) }
        }
        let one = directions(1)
        #expect(
            await error(AttributeBatch(texts: ["a"], variant: .dann, targets: .directions(one)))
                == .variantNotLoaded(.dann, loaded: [.base]))
        #expect(await error(AttributeBatch(texts: ["a"], targets: .classes([1]))) == .noHead(.base))
        let unfit = await error(AttributeBatch(texts: ["a", "b"], targets: .directions(one)))
        #expect("\(unfit, default: "")".contains("1 directions of 768 components for 2 texts"))
        let many = LineBlock(Array(repeating: "a", count: 65))
        #expect(
            await error(AttributeBatch(texts: many, targets: .directions(directions(65))))
                == .tooManyTexts(65, limit: 64))
        await engine.shutDown()
        #expect(await error(AttributeBatch(texts: ["a"], targets: .directions(one))) == .shutDown)
    }

    @Test("a text whose target is wrong fails alone")
    func wrongTargets() async throws {
        var rows = directions(2)
        rows.append(Array(repeating: .nan, count: 768))
        let answer = try await engine.attribute(
            AttributeBatch(texts: ["a", "b", "c"], targets: .directions(rows)))
        #expect(answer.failures.mapValues(\.code) == [2: .invalidArgument])
        #expect(answer.texts.map(\.tokens.count) == [3, 3, 0])

        _ = try write(.lora, features: ["template_length"])
        let loaded = EmbeddingEngine(try EncoderSet(checkpoint, modelsDirectory: models.path))
        let classes = try await loaded.attribute(
            AttributeBatch(texts: ["a", "b"], variant: .lora, targets: .classes([7, 0])))
        #expect(classes.failures[0]?.description.contains("class 7 is none of the head's") == true)
        #expect(classes.failures[1]?.description.contains("reads template_length") == true)
    }

    @Test("embeddings are answered while attributions run")
    func embeddingsInBetween() async throws {
        let text = String(repeating: "the power supply of shelf 4 lost its input; ", count: 20)
        let many = LineBlock(Array(repeating: text, count: 40))
        let batch = AttributeBatch(texts: many, targets: .directions(directions(40)))
        let running = Task { [engine] in try await engine.attribute(batch) }
        while engine.statistics.attributionsInFlight == 0 { await Task.yield() }
        _ = try await engine.embed(EmbedBatch(texts: ["fan 3 failed"]))
        #expect(engine.statistics.attributionsInFlight > 0)
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        while engine.statistics.attributionsInFlight > 0 { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test("a head that does not fit the encoder, or is damaged, is refused when the variant is loaded")
    func wrongHead() throws {
        _ = try write(.lora, features: [])
        let path = models.appendingPathComponent("lora/\(TrainedHead.fileName)")
        try Data("{}".utf8).write(to: path)
        #expect(throws: CheckpointError.self) { try EncoderSet(checkpoint, modelsDirectory: models.path) }
        let narrow = DenseShape(widths: [12, 7])
        let head = TrainedHead(
            head: DenseHead(narrow, parameters: Array(repeating: 0, count: narrow.parameterCount)), features: [])
        try Data(head.json()).write(to: path)
        let error = #expect(throws: CheckpointError.self) {
            try EncoderSet(checkpoint, modelsDirectory: models.path)
        }
        #expect("\(error, default: "")".contains("a head for vectors of 12"))
    }
}
