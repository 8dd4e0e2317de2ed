internal import Foundation
internal import TocsinCore
internal import TreeEnsemble

/// Chooses an ensemble's settings: tries some on folds of the training lines and keeps those that say most of lines that
/// they did not learn.
///
/// As scikit-learn's `RandomizedSearchCV` over grouped folds: templates that say nearly the same and the lines of a
/// corpus system are in one fold, and so they are in the part of a fold's training lines that stops its boosting.
struct SettingsSearch {
    /// What a search found.
    struct Outcome: Sendable {
        /// The best settings; their rounds are the mean of those after which the folds' boosting was best.
        var options: ModelTraining.Options
        /// Of the best settings; each event template and corpus line counts once.
        var macroF1: Double
        /// Of the settings that the search began with.
        var startMacroF1: Double
        var drawCount: Int
        var foldCount = SettingsSearch.foldCount
    }

    /// Settings that were tried.
    struct Trial: Sendable {
        var options: ModelTraining.Options
        var macroF1: Double
    }

    static let foldCount = 3
    /// The share of a fold's training texts that stops its boosting.
    private static let heldShare = 0.15
    /// Rounds without a smaller loss.
    private static let patience = 10

    let prepared: PreparedLines
    let vectors: TextVectors
    private let groups: LineGroups
    private let seed: Int

    init(_ prepared: PreparedLines, _ vectors: TextVectors, templates: [LogHub.Template], seed: Int) {
        self.prepared = prepared
        self.vectors = vectors
        self.seed = seed
        groups = LineGroups(prepared, templates: templates)
    }

    /// Tries `start` and as many settings as are drawn.
    func run(
        from start: ModelTraining.Options, draws: Int, report: (ModelTraining.Progress) -> Void
    ) throws -> Outcome {
        var draw = SettingsDraw(seed: seed)
        let candidates = [start] + (0..<draws).map { _ in draw.next(start) }
        let trials = try trials(of: candidates, report: report)
        // Of equals the earlier.
        let best = trials.dropFirst().reduce(trials[0]) { $1.macroF1 > $0.macroF1 ? $1 : $0 }
        return Outcome(
            options: best.options, macroF1: best.macroF1, startMacroF1: trials[0].macroF1, drawCount: draws)
    }

    /// Scores settings, each on the same folds.
    func trials(
        of candidates: [ModelTraining.Options], report: (ModelTraining.Progress) -> Void
    ) throws -> [Trial] {
        let folds = groups.folds(Self.foldCount, seed: seed).map { fold in
            (fold, groups.split(fold.training, validationShare: Self.heldShare, seed: seed))
        }
        var trials: [Trial] = []
        for (number, options) in candidates.enumerated() {
            let validation = CrossValidation(prepared, vectors, options: options)
            var verdicts: [TemplateVerdict] = []
            var rounds = 0
            for (index, (fold, parts)) in folds.enumerated() {
                var stopping = EarlyStopping(patience: Self.patience)
                let ensemble = try validation.train(on: parts.training, heldOut: parts.validation) {
                    stopping.goesOn(loss: $0.heldOutLoss)
                }
                verdicts += try validation.verdicts(
                    index, fold, by: ensemble, asking: vectors, rounds: stopping.bestRounds)
                rounds += stopping.bestRounds
                let best = trials.map(\.macroF1).max().map { String(format: ", best macro-F1 %.3f", $0) } ?? ""
                report(
                    .init(
                        step: "searching settings", done: number * folds.count + index + 1,
                        total: candidates.count * folds.count, note: "\(number) tried\(best)"))
            }
            var settled = options
            settled.parameters.rounds = max(1, Int((Double(rounds) / Double(folds.count)).rounded()))
            trials.append(Trial(options: settled, macroF1: Scores(perTemplate: verdicts.merged()).macroF1))
        }
        return trials
    }
}
