public import BERT
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
    ///
    /// - Parameters:
    ///   - asked: embeds the texts that the models are asked about; nil takes `engine`, which embeds those that they are
    ///     trained on.
    public func outOfFold(
        _ protocols: [EvaluationProtocol], engine: EmbeddingEngine, asked: EmbeddingEngine? = nil,
        report: @escaping @Sendable (ModelTraining.Progress) -> Void
    ) async throws -> OutOfFoldTable {
        let vectors = try await TextVectors(of: prepared.texts, by: engine) {
            report(.init(step: "embedding texts", done: $0, total: $1))
        }
        var askedVectors: TextVectors?
        if let asked {
            askedVectors = try await TextVectors(of: prepared.texts, by: asked) {
                report(.init(step: "embedding texts to ask about", done: $0, total: $1))
            }
        }
        let validation = CrossValidation(
            prepared: prepared, vectors: vectors, askedVectors: askedVectors,
            labels: prepared.lines.map(\.label.rawValue),
            weighting: options.weighting, parameters: options.parameters, threads: options.threads)
        var table = OutOfFoldTable()
        for evaluationProtocol in protocols {
            let splits = splits(evaluationProtocol)
            let outOfFold = try validation.run(splits) { index, round in
                report(
                    .init(
                        step: "protocol \(evaluationProtocol.rawValue)", done: index * round.count + round.index + 1,
                        total: splits.count * round.count))
            }
            table.verdicts[evaluationProtocol] = outOfFold.verdicts(of: prepared.lines)
        }
        return table
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
    func verdicts(of all: [LabelledLine]) -> [TemplateVerdict] {
        let weights = TemplateVerdict.lineWeights(lines, of: all)
        return TemplateVerdict.gather(
            lines: lines, of: all,
            probabilities: calibratedProbabilities(labels: all.map(\.label.rawValue), weights: weights))
    }
}
