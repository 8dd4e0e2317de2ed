public import Classification
public import Embedding
public import LogParsing
internal import TocsinCore

/// Measures a shipped model on a user's labelled lines, by the engines that serve.
public enum LabelledFileEvaluation {
    /// - Parameters:
    ///   - training: lines that the bag of words learns from, to stand beside the model.
    public static func report(
        on lines: [LabelledLine], model: String, parser: LineParser, embedder: EmbeddingEngine,
        classifier: ClassificationEngine, training: [LabelledLine]
    ) async throws -> EvaluationReport {
        let prepared = try PreparedLines(training + lines, parser: parser)
        let test = Array(training.count..<prepared.lines.count)
        var probabilities: [[Double]] = []
        for start in stride(from: 0, to: test.count, by: 1_024) {
            let part = test[start..<min(start + 1_024, test.count)]
            let batch = try await batch(of: part, prepared, embedder: embedder, model: model)
            for result in try classifier.classify(batch).predictions {
                probabilities.append(try result.get().probabilities.map(Double.init))
            }
        }
        var report = EvaluationReport(.field)
        report.add(
            model, TemplateVerdict.gather(lines: test, of: prepared.lines, probabilities: probabilities))
        let split = Split(name: "file", training: Array(0..<training.count), test: test)
        for baseline in Baseline.allCases {
            report.add(
                baseline.rawValue, try baseline.verdicts([split], prepared, weighting: RowWeighting()),
                areProbable: baseline.isProbabilistic)
        }
        return report
    }

    private static func batch(
        of lines: ArraySlice<Int>, _ prepared: PreparedLines, embedder: EmbeddingEngine, model: String
    ) async throws -> ClassifyBatch {
        let texts = LineBlock(lines.map { prepared.texts[prepared.textOfLine[$0]] })
        let variant = EncoderVariant(rawValue: model) ?? .base
        let embedded = try await embedder.embed(EmbedBatch(texts: texts, variant: variant))
        var features = VectorBlock(dimension: prepared.features.dimension)
        for line in lines { features.append(prepared.features[line]) }
        return ClassifyBatch(
            vectors: embedded.vectors, features: features, modelTexts: texts,
            modelTemplates: LineBlock(lines.map { prepared.templates[$0] }),
            logTypes: lines.map { prepared.logTypes[$0] }, model: model, featureSchema: prepared.featureSchema,
            encoderSHA256: embedded.encoderSHA256)
    }
}
