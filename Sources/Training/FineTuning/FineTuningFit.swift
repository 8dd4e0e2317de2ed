internal import BERT
internal import Classification
internal import FineTuning
internal import Foundation
internal import Heads
internal import TocsinCore

/// Trains one variant of the encoder on chosen lines.
struct FineTuningFit {
    let texts: FineTuningTexts
    let checkpoint: Checkpoint
    let options: FineTuningTraining.Options

    /// How far a fit is, for people.
    struct Progress {
        /// The share that is done, 0...1.
        var share: Double
        /// The loss's running mean and the last validation's macro-F1.
        var note: String
    }

    /// A trained variant that can be asked.
    struct Fitted {
        let tuner: FineTuner
        let features: [TrainedHead.Feature]
        let texts: FineTuningTexts
        /// The validation part's lines, none of which were learned.
        let validation: [Int]
        /// Different texts that were learned.
        let sampleCount: Int

        /// Margins of lines, `[lines, classes]`; lines with the same inputs are computed once.
        func margins(_ lines: [Int]) -> [Float] {
            var rows: [FineTuningExample] = []
            var rowOfInput: [FineTuningExample: Int] = [:]
            let rowOfLine = lines.map { line -> Int in
                var example = texts.example(line, label: 0, features: features)
                example.domain = 0
                if let row = rowOfInput[example] { return row }
                rowOfInput[example] = rows.count
                rows.append(example)
                return rows.count - 1
            }
            let margins = tuner.logits(rows)
            return rowOfLine.flatMap { margins[$0 * AnomalyClass.count..<($0 + 1) * AnomalyClass.count] }
        }
    }

    /// - Parameters:
    ///   - lines: that may be learned from; a part of them validates.
    ///   - labels: a class index for each line of all.
    ///   - statePath: where the training's state is kept, and found again after a kill; nil keeps none.
    func run(
        lines: [Int], labels: [Int], statePath: String? = nil, report: (Progress) -> Void
    ) throws -> Fitted {
        var tuning = options.tuning
        if options.model == .dann { tuning.domainCount = texts.collections.count }
        let parts = texts.split(lines, validationShare: options.validationShare, seed: tuning.seed)
        let rows = try TrainingRows(
            texts.prepared, lines: parts.training, labels: labels, weighting: options.weighting)
        let features = tuning.featureCount > 0 ? texts.measuredFeatures(rows.lineOfRow) : []
        let examples = zip(rows.lineOfRow, zip(rows.labels, rows.weights)).map { line, target in
            texts.example(line, label: target.0, weight: target.1, features: features)
        }
        let tuner = FineTuner(
            encoder: checkpoint.encoder, encoderSHA256: checkpoint.sha256, examples: examples,
            classCount: AnomalyClass.count, options: tuning, threads: options.threads,
            state: try statePath.flatMap { try Self.state(at: $0, examples, tuning, checkpoint.sha256) })
        let fitted = Fitted(
            tuner: tuner, features: features, texts: texts, validation: parts.validation,
            sampleCount: examples.count)
        try train(fitted, labels: labels, statePath: statePath, report: report)
        return fitted
    }

    private static func state(
        at path: String, _ examples: [FineTuningExample], _ tuning: FineTuningOptions, _ encoderSHA256: String
    ) throws -> FineTuningState? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try FineTuningState(
            path: path,
            fingerprint: FineTuner.fingerprint(encoderSHA256: encoderSHA256, examples: examples, options: tuning))
    }

    private func train(
        _ fitted: Fitted, labels: [Int], statePath: String?, report: (Progress) -> Void
    ) throws {
        let tuner = fitted.tuner
        var loss: Double?
        var note = ""
        var stepsSinceState = 0
        while !tuner.isFinished {
            let step = tuner.step()
            loss = loss.map { 0.98 * $0 + 0.02 * step.labelLoss } ?? step.labelLoss
            stepsSinceState += 1
            if step.isEndOfEpoch, !fitted.validation.isEmpty {
                let score = validationScore(fitted, labels: labels)
                note = ", validation F1 \(Self.text(score))"
                tuner.note(validationScore: score)
            }
            report(Progress(share: step.progress, note: "loss \(Self.text(loss ?? 0))" + note))
            if let statePath, step.isEndOfEpoch || stepsSinceState >= Self.stepsBetweenStates {
                try tuner.state.write(to: statePath)
                stepsSinceState = 0
            }
        }
        tuner.useBest()
    }

    /// Macro-F1 over the validation part's different texts.
    private func validationScore(_ fitted: Fitted, labels: [Int]) -> Double {
        Scores(
            predicted: Self.classes(fitted.margins(fitted.validation)),
            labels: fitted.validation.map { labels[$0] }
        ).macroF1
    }

    /// The class of the largest margin in each row.
    static func classes(_ margins: [Float]) -> [Int] {
        stride(from: 0, to: margins.count, by: AnomalyClass.count).map { start in
            (0..<AnomalyClass.count).max { margins[start + $0] < margins[start + $1] } ?? 0
        }
    }

    /// A state is half a megabyte: often enough that a kill costs a minute at most.
    private static let stepsBetweenStates = 100

    private static func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
