public import BERT
public import Embedding
internal import Foundation
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

    /// Trains a fine-tuned model anew on each split of the protocols, and gathers what it says of the held out lines.
    ///
    /// - Parameters:
    ///   - other: the same checkpoint in other numbers, that the model is asked with as well.
    ///   - folder: keeps the splits that are done and the state of the one that is not, so that a run that was killed
    ///     goes on from there.
    /// - Returns: the verdicts, and those with `other`.
    public func outOfFold(
        _ protocols: [EvaluationProtocol], checkpoint: Checkpoint, other: Checkpoint? = nil,
        fineTuning: FineTuningTraining.Options, folder: String, report: (ModelTraining.Progress) -> Void
    ) throws -> [OutOfFoldTable] {
        let fit = FineTuningFit(
            texts: FineTuningTexts(prepared, templates: maker.templates, checkpoint: checkpoint),
            checkpoint: checkpoint, options: fineTuning, kin: maker.kin)
        let labels = prepared.lines.map(\.label.rawValue)
        let fingerprint = "\(checkpoint.sha256) \(ModelTraining.dataSHA256(prepared)) \(maker.seed) \(fineTuning)"
        var kept = [try FinishedSplits(folder: folder, fingerprint: fingerprint)]
        if let other {
            kept.append(try FinishedSplits(folder: folder, fingerprint: "\(fingerprint) \(other.encoder.precision)"))
        }
        for evaluationProtocol in protocols {
            for (index, split) in splits(evaluationProtocol).enumerated()
            where !kept.allSatisfy({ $0.contains(evaluationProtocol, split: index) }) {
                let step = "protocol \(evaluationProtocol.rawValue), split \(index + 1)"
                let fitted = try fit.run(lines: split.training, labels: labels, folder: folder) {
                    report(ModelTraining.Progress(step: step, $0))
                }
                let margins =
                    [fitted.margins(split.test)] + (try other.map { [try fitted.margins(split.test, by: $0)] } ?? [])
                for (place, margins) in margins.enumerated()
                where !kept[place].contains(evaluationProtocol, split: index) {
                    try kept[place].add(
                        split.verdicts(index, of: prepared.lines, margins: margins), to: evaluationProtocol)
                }
                try FineTuningFit.removeStates(in: folder, firstStage: false)
            }
        }
        if splitLimit == nil { for splits in kept { try splits.remove() } }
        return kept.map(\.table)
    }

    /// Trains `ml` anew on each split of the protocols, which share the texts' vectors, and gathers what it says of the
    /// held out lines.
    ///
    /// - Parameters:
    ///   - engine: its vectors are learned from and asked about.
    ///   - other: an engine of the same encoder in other numbers, whose vectors the models are asked about as well.
    /// - Returns: the verdicts, and those with `other`'s vectors.
    public func outOfFold(
        _ protocols: [EvaluationProtocol], engine: EmbeddingEngine, other: EmbeddingEngine? = nil,
        report: @escaping @Sendable (ModelTraining.Progress) -> Void
    ) async throws -> [OutOfFoldTable] {
        var vectors = [try await vectors(by: engine, report)]
        if let other { vectors.append(try await self.vectors(by: other, report)) }
        var tables = vectors.map { _ in OutOfFoldTable() }
        for evaluationProtocol in protocols {
            let verdicts = try outOfFold(evaluationProtocol, training: vectors[0], asking: vectors, report)
            for (place, verdicts) in verdicts.enumerated() { tables[place].verdicts[evaluationProtocol] = verdicts }
        }
        return tables
    }

    /// Trains `words` anew on each split of the protocols, and the bag of words beside it.
    ///
    /// - Returns: the verdicts of `words`, and those of the bag of words.
    public func wordsOutOfFold(_ protocols: [EvaluationProtocol]) throws -> [OutOfFoldTable] {
        var tables = [OutOfFoldTable(), OutOfFoldTable()]
        for evaluationProtocol in protocols {
            let splits = splits(evaluationProtocol)
            tables[0].verdicts[evaluationProtocol] = try splits.enumerated().flatMap {
                try WordsFit.model.verdicts($0, $1, prepared)
            }
            tables[1].verdicts[evaluationProtocol] = try Baseline.bagOfWords.verdicts(splits, prepared)
        }
        return tables
    }

    private func vectors(
        by engine: EmbeddingEngine, _ report: @escaping @Sendable (ModelTraining.Progress) -> Void
    ) async throws -> TextVectors {
        try await TextVectors(of: prepared.texts, by: engine) {
            report(.init(step: "embedding texts", done: $0, total: $1))
        }
    }

    /// Verdicts on the templates with each of `asking`.
    private func outOfFold(
        _ evaluationProtocol: EvaluationProtocol, training vectors: TextVectors, asking: [TextVectors],
        _ report: (ModelTraining.Progress) -> Void
    ) throws -> [[TemplateVerdict]] {
        let validation = CrossValidation(prepared, vectors, options: options)
        let splits = splits(evaluationProtocol)
        return try validation.run(splits, asking: asking) { index, round in
            report(
                .init(
                    step: "protocol \(evaluationProtocol.rawValue)", done: index * round.count + round.index + 1,
                    total: splits.count * round.count))
        }
    }

    /// The report on a model's verdicts under a protocol, the baselines beside it.
    public func report(_ evaluationProtocol: EvaluationProtocol, model: String, _ verdicts: [TemplateVerdict]) throws
        -> EvaluationReport
    {
        var report = EvaluationReport(evaluationProtocol)
        report.add(model, verdicts.calibrated())
        let splits = splits(evaluationProtocol)
        for baseline in Baseline.allCases {
            let verdicts = try baseline.verdicts(splits, prepared)
            report.add(
                baseline.rawValue, baseline.isProbabilistic ? verdicts.calibrated() : verdicts.merged(),
                areProbable: baseline.isProbabilistic)
        }
        return report
    }
}
