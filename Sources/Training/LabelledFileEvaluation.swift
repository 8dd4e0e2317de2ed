public import Classification
public import Embedding
public import LogParsing
internal import TocsinCore

/// Measures a shipped model on a user's labelled lines, by the engines that serve.
public enum LabelledFileEvaluation {
    /// How good what a model says of the lines is, the baselines beside it.
    ///
    /// - Parameters:
    ///   - training: lines that the bag of words learns from, to stand beside the model; without any, no baseline does.
    /// - Returns: the report, what the model says, and what the bag of words says.
    public static func run(
        on lines: [LabelledLine], model: String, parser: LineParser, embedder: EmbeddingEngine,
        classifier: ClassificationEngine, training: [LabelledLine]
    ) async throws -> (EvaluationReport, model: [TemplateVerdict], bagOfWords: [TemplateVerdict]) {
        let prepared = try PreparedLines(training + lines, parser: parser)
        let test = Array(training.count..<prepared.lines.count)
        let variants = classifier.models.first { $0.name == model }?.encoderVariants ?? []
        var probabilities: [[Double]] = []
        for start in stride(from: 0, to: test.count, by: 1_024) {
            let part = test[start..<min(start + 1_024, test.count)]
            let batch = try await batch(of: part, prepared, embedder: embedder, variants: variants, model: model)
            for result in try classifier.classify(batch).predictions {
                probabilities.append(try result.get().probabilities.map(Double.init))
            }
        }
        var report = EvaluationReport(.field)
        let verdicts = TemplateVerdict.gather(lines: test, of: prepared.lines, probabilities: probabilities)
        report.add(model, verdicts)
        let split = Split(name: "file", training: Array(0..<training.count), test: test)
        var bagOfWords: [TemplateVerdict] = []
        for baseline in training.isEmpty ? [] : Baseline.allCases {
            let verdicts = try baseline.verdicts([split], prepared)
            if baseline == .bagOfWords { bagOfWords = verdicts }
            report.add(baseline.rawValue, verdicts, areProbable: baseline.isProbabilistic)
        }
        return (report, verdicts, bagOfWords)
    }

    private static func batch(
        of lines: ArraySlice<Int>, _ prepared: PreparedLines, embedder: EmbeddingEngine,
        variants: [EncoderVariant], model: String
    ) async throws -> ClassifyBatch {
        let texts = LineBlock(lines.map { prepared.texts[prepared.textOfLine[$0]] })
        var rows = [[Float]](repeating: [], count: texts.count)
        var encoders: [String] = []
        for variant in variants {
            let embedded = try await embedder.embed(EmbedBatch(texts: texts, variant: variant))
            for row in rows.indices { rows[row] += embedded.vectors[row] }
            encoders.append(embedded.encoderSHA256)
        }
        var vectors = VectorBlock(dimension: max(rows.first?.count ?? 0, 1))
        if !encoders.isEmpty { for row in rows { vectors.append(row) } }
        var features = VectorBlock(dimension: prepared.features.dimension)
        for line in lines { features.append(prepared.features[line]) }
        return ClassifyBatch(
            vectors: vectors, features: features, modelTexts: texts,
            modelTemplates: LineBlock(lines.map { prepared.templates[$0] }),
            logTypes: lines.map { prepared.logTypes[$0] }, model: model, featureSchema: prepared.featureSchema,
            encoderSHA256s: encoders)
    }
}
