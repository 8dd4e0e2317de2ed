import Synchronization
import Testing
import TierDoubles
import TocsinCore

@testable import Pipeline

/// An embedding tier of 8 bits: it reads a text one character too long, but exactly where it is asked to.
private final class QuantizedEmbedder: EmbeddingTier {
    private let recorded = Mutex<[EmbedBatch]>([])

    func texts(_ precision: EncoderPrecision?) -> [String] {
        recorded.withLock(\.self).filter { $0.precision == precision }.flatMap {
            $0.texts.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    func embed(_ batch: EmbedBatch) async throws -> EmbeddedBatch {
        recorded.withLock { $0.append(batch) }
        let precision = batch.precision ?? .int8
        var answer = EmbeddedBatch(
            vectors: VectorBlock(dimension: 768), tokenCounts: [], encoderSHA256: "e", precision: precision)
        for text in batch.texts {
            let length = Float(text.count + (precision == .int8 ? 1 : 0))
            answer.vectors.append(Array(repeating: length, count: 768))
            answer.tokenCounts.append(3)
        }
        return answer
    }

    func attribute(_ batch: AttributeBatch) async throws -> AttributedBatch {
        try await RecordingEmbedder().attribute(batch)
    }

    func info() async throws -> TierInfo { try await RecordingEmbedder().info() }
}

/// A classifying tier that is not sure of texts of `unsure` characters.
private struct UnsureClassifier: ClassifyingTier {
    let classifier = RecordingClassifier()
    let unsure: Int

    private func hesitate(_ prediction: Prediction) -> Prediction {
        guard prediction.anomalyClass.rawValue == unsure else { return prediction }
        var probabilities = [Float](repeating: 0, count: AnomalyClass.count)
        probabilities[unsure] = 0.55
        probabilities[0] = 0.45
        return Prediction(probabilities: probabilities)
    }

    func classify(_ batch: ClassifyBatch) async throws -> ClassifiedBatch {
        var answer = try await classifier.classify(batch)
        answer.predictions = answer.predictions.map { $0.map(hesitate) }
        return answer
    }

    func explain(_ batch: ExplainBatch) async throws -> ExplainedBatch {
        var answer = try await classifier.explain(batch)
        answer.explanations = answer.explanations.map {
            $0.map {
                var explanation = $0
                explanation.prediction = hesitate($0.prediction)
                return explanation
            }
        }
        return answer
    }

    func info() async throws -> TierInfo { try await classifier.info() }
    func activate(_ model: String) async throws { try await classifier.activate(model) }
}

@Suite("Verdicts of 8-bit vectors that are close") struct SecondLookTests {
    private let embedder = QuantizedEmbedder()
    /// "four" has five characters in 8 bits, of which the classifier is not sure.
    private let classifier = UnsureClassifier(unsure: 5)
    private let analyzer: LogAnalyzer

    init() {
        analyzer = LogAnalyzer(Tiers(parsing: RecordingParser(), embedding: embedder, classifying: classifier))
    }

    @Test("are asked for again with exact vectors, the others are not")
    func again() async throws {
        let analysis = try await analyzer.analyze(["four", "a", "four", "twelve"])
        let classes = try analysis.lines.map { try $0.get().prediction.anomalyClass.rawValue }
        #expect(classes == [4, 2, 4, 0])
        #expect(embedder.texts(nil) == ["four", "a", "twelve"] && embedder.texts(.fp32) == ["four"])
    }

    @Test("are remembered as they are in the end, and come out the same whatever was asked before")
    func remembered() async throws {
        // The same text with another feature is another row: close again, though its exact vector is known.
        for _ in 0..<2 {
            for line in ["four", "four#1"] {
                let analysis = try await analyzer.analyze(LineBlock([line]))
                #expect(try analysis.lines[0].get().prediction.anomalyClass.rawValue == 4)
            }
        }
        #expect(embedder.texts(nil) == ["four"] && embedder.texts(.fp32) == ["four"])
        #expect(classifier.classifier.rows == 4)
    }

    @Test("are explained as they are in the end")
    func explained() async throws {
        let explanation = try await analyzer.explain(["four"])
        #expect(try explanation.lines[0].get().analysis.prediction.anomalyClass.rawValue == 4)
        #expect(embedder.texts(.fp32).first == "four")
    }
}
