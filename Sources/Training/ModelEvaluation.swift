public import BERT
internal import Classification
public import Embedding
internal import LineFeatures
public import LogParsing
internal import TocsinCore
internal import TreeEnsemble

/// Measures models beside the baselines, by protocols that hold out what a model must not know.
public struct ModelEvaluation: Sendable {
    private let prepared: PreparedLines
    let maker: SplitMaker
    private let options: ModelTraining.Options
    /// Of each protocol only so many splits are made; nil makes all.
    private let splitLimit: Int?

    /// - Parameters:
    ///   - kin: the LogHub sources that corpus systems are kin of.
    ///   - parser: with the frozen tree that the model ships.
    ///   - options: of the `ml` model; its seed is that of the splits.
    ///   - splitLimit: looks at a protocol's first splits only; nil looks at all.
    public init(
        logHub: LogHub, corpus: Corpus, kin: [String: Set<String>], parser: LineParser,
        options: ModelTraining.Options, splitLimit: Int? = nil
    ) throws {
        let lines = logHub.lines + corpus.lines
        prepared = try PreparedLines(lines, parser: parser)
        maker = SplitMaker(lines: lines, templates: logHub.templates, kin: kin, seed: options.parameters.seed)
        self.options = options
        self.splitLimit = splitLimit
    }

    private func splits(_ evaluationProtocol: EvaluationProtocol) -> [Split] {
        Array(maker.splits(evaluationProtocol).prefix(splitLimit ?? .max))
    }

    /// Trains a fine-tuned model anew on each split of the protocols, and gathers the verdicts.
    public func outOfFold(
        _ protocols: [EvaluationProtocol], checkpoint: Checkpoint, fineTuning: FineTuningTraining.Options,
        report: (ModelTraining.Progress) -> Void
    ) throws -> OutOfFoldTable {
        let fit = FineTuningFit(
            texts: FineTuningTexts(prepared, templates: maker.templates, checkpoint: checkpoint),
            checkpoint: checkpoint, options: fineTuning)
        let labels = prepared.lines.map(\.label.rawValue)
        var table = OutOfFoldTable()
        for evaluationProtocol in protocols {
            let outOfFold = try OutOfFold(splits(evaluationProtocol)) { index, split in
                let step = "protocol \(evaluationProtocol.rawValue), split \(index + 1)"
                return try fit.run(lines: split.training, labels: labels) {
                    report(ModelTraining.Progress(step: step, $0))
                }.margins(split.test)
            }
            table.verdicts[evaluationProtocol] = outOfFold.verdicts(of: prepared.lines)
        }
        return table
    }

    /// Trains `ml` anew on each split of the protocols, which share the texts' vectors, and gathers the verdicts.
    public func outOfFold(
        _ protocols: [EvaluationProtocol], engine: EmbeddingEngine,
        report: @escaping @Sendable (ModelTraining.Progress) -> Void
    ) async throws -> OutOfFoldTable {
        let vectors = try await vectors(by: engine, report)
        var table = OutOfFoldTable()
        for evaluationProtocol in protocols {
            table.verdicts[evaluationProtocol] = try outOfFold(
                evaluationProtocol, training: vectors, asking: [vectors], report)[0]
        }
        return table
    }

    /// Trains `ml` once on each split of the protocols, on `engine`'s vectors, and asks each model about its held out
    /// lines twice: with `engine`'s vectors and with those of `other`, an engine of the same encoder in other numbers.
    public func precisionComparisons(
        _ protocols: [EvaluationProtocol], engine: EmbeddingEngine, other: EmbeddingEngine,
        report: @escaping @Sendable (ModelTraining.Progress) -> Void
    ) async throws -> [PrecisionComparison] {
        let vectors = try await vectors(by: engine, report)
        let others = try await self.vectors(by: other, report)
        return try protocols.map { evaluationProtocol in
            let verdicts = try outOfFold(evaluationProtocol, training: vectors, asking: [vectors, others], report)
            return PrecisionComparison(evaluationProtocol, verdicts[0], other: verdicts[1])
        }
    }

    private func vectors(
        by engine: EmbeddingEngine, _ report: @escaping @Sendable (ModelTraining.Progress) -> Void
    ) async throws -> TextVectors {
        try await TextVectors(of: prepared.texts, by: engine) {
            report(.init(step: "embedding texts", done: $0, total: $1))
        }
    }

    /// Verdicts on the templates with each of `asking`, calibrated as the first of them asks for: a model's temperature
    /// does not change with what it is asked about.
    private func outOfFold(
        _ evaluationProtocol: EvaluationProtocol, training vectors: TextVectors, asking: [TextVectors],
        _ report: (ModelTraining.Progress) -> Void
    ) throws -> [[TemplateVerdict]] {
        let validation = CrossValidation(
            prepared: prepared, vectors: vectors, labels: prepared.lines.map(\.label.rawValue),
            weighting: options.weighting, parameters: options.parameters, threads: options.threads)
        let splits = splits(evaluationProtocol)
        let outOfFold = try validation.run(splits, asking: asking) { index, round in
            report(
                .init(
                    step: "protocol \(evaluationProtocol.rawValue)", done: index * round.count + round.index + 1,
                    total: splits.count * round.count))
        }
        let calibrations = outOfFold[0].calibrations(of: prepared.lines)
        return outOfFold.map { $0.verdicts(of: prepared.lines, calibrations) }
    }

    /// The report on a model's verdicts under a protocol, the baselines beside it.
    public func report(_ evaluationProtocol: EvaluationProtocol, model: String, _ verdicts: [TemplateVerdict]) throws
        -> EvaluationReport
    {
        var report = EvaluationReport(evaluationProtocol)
        report.add(model, verdicts)
        let splits = splits(evaluationProtocol)
        for baseline in Baseline.allCases {
            report.add(
                baseline.rawValue, try baseline.verdicts(splits, prepared, weighting: options.weighting),
                areProbable: baseline.isProbabilistic)
        }
        return report
    }
}

extension OutOfFold {
    /// Verdicts on the templates, calibrated on the lines of the other splits.
    func verdicts(of all: [LabelledLine]) -> [TemplateVerdict] { verdicts(of: all, calibrations(of: all)) }

    func verdicts(of all: [LabelledLine], _ calibrations: [Int: Calibration]) -> [TemplateVerdict] {
        TemplateVerdict.gather(lines: lines, of: all, probabilities: probabilities(calibrations))
    }

    /// Of each split's model, where templates count the same.
    func calibrations(of all: [LabelledLine]) -> [Int: Calibration] {
        calibrations(labels: all.map(\.label.rawValue), weights: TemplateVerdict.lineWeights(lines, of: all))
    }
}
