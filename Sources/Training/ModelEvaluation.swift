public import Embedding
internal import LineFeatures
public import LogParsing
internal import TocsinCore
internal import TreeEnsemble

/// Measures the `ml` model beside the baselines, by protocols that hold out what the model must not know.
public struct ModelEvaluation: Sendable {
    private let prepared: PreparedLines
    let maker: SplitMaker
    private let options: ModelTraining.Options

    /// - Parameters:
    ///   - kin: the LogHub sources that corpus systems are kin of.
    ///   - parser: with the frozen tree that the model ships.
    public init(
        logHub: LogHub, corpus: Corpus, kin: [String: Set<String>], parser: LineParser,
        options: ModelTraining.Options
    ) throws {
        let lines = logHub.lines + corpus.lines
        prepared = try PreparedLines(lines, parser: parser)
        maker = SplitMaker(lines: lines, templates: logHub.templates, kin: kin, seed: options.parameters.seed)
        self.options = options
    }

    /// Trains anew on each split of the protocols, which share the texts' vectors, and gathers the verdicts.
    public func outOfFold(
        _ protocols: [EvaluationProtocol], engine: EmbeddingEngine,
        report: @escaping @Sendable (ModelTraining.Progress) -> Void
    ) async throws -> OutOfFoldTable {
        let vectors = try await TextVectors(of: prepared.texts, by: engine) {
            report(.init(step: "embedding texts", done: $0, total: $1))
        }
        let validation = CrossValidation(
            prepared: prepared, vectors: vectors, labels: prepared.lines.map(\.label.rawValue),
            weighting: options.weighting, parameters: options.parameters, threads: options.threads)
        var table = OutOfFoldTable()
        for evaluationProtocol in protocols {
            let splits = maker.splits(evaluationProtocol)
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
        let splits = maker.splits(evaluationProtocol)
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
