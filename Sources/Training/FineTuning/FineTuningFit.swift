internal import BERT
internal import Classification
internal import FineTuning
internal import Foundation
internal import Heads
internal import TocsinCore

/// Trains one variant of the encoder on chosen lines, in two stages.
///
/// The first learns from corpus systems that are kin of no LogHub source: all splits of an evaluation may learn from
/// them, so they share what it learned. The second goes on with the split's other lines and a few of the first's.
struct FineTuningFit {
    let texts: FineTuningTexts
    let checkpoint: Checkpoint
    let options: FineTuningTraining.Options
    /// The LogHub sources that corpus systems are kin of.
    let kin: [String: Set<String>]

    private enum Stage: String {
        case first = "first stage"
        case second = "second stage"

        /// What the names of its states begin with.
        var fileName: String { rawValue.replacing(" ", with: "-") }
    }

    /// How far a fit is, for people.
    struct Progress {
        var stage: String
        /// The share of the stage that is done, 0...1.
        var share: Double
        /// The loss's running mean and the last validation's macro-F1.
        var note: String
    }

    /// A trained variant that can be asked.
    struct Fitted {
        let tuner: FineTuner
        let features: [ScaledFeature]
        let texts: FineTuningTexts
        /// The validation part's lines, none of which were learned.
        let validation: [Int]
        /// Different texts that were learned.
        let sampleCount: Int

        /// Margins of lines, `[lines, classes]`.
        func margins(_ lines: [Int]) -> [Float] { margins(lines, by: tuner.logits) }

        /// Margins of lines, `[lines, classes]`, by the encoder of `checkpoint`, which is the one that was tuned in
        /// other numbers.
        func margins(_ lines: [Int], by checkpoint: Checkpoint) throws -> [Float] {
            let encoder = try checkpoint.encoder(
                merging: tuner.adapters(
                    hiddenSize: checkpoint.configuration.hiddenSize, encoderSHA256: checkpoint.sha256))
            let workspace = encoder.makeWorkspace()
            let width = encoder.embeddingWidth
            return margins(lines) { examples in
                var inputs: [Float] = []
                for start in stride(from: 0, to: examples.count, by: Self.textsAtOnce) {
                    let part = examples[start..<min(start + Self.textsAtOnce, examples.count)]
                    var batch = TokenBatch()
                    for example in part { batch.append(example.tokenIDs) }
                    let vectors = [Float](unsafeUninitializedCapacity: part.count * width) { vectors, count in
                        let room = UnsafeMutableBufferPointer(rebasing: vectors[..<(part.count * width)])
                        encoder.embed(batch, using: workspace, into: room)
                        count = room.count
                    }
                    for (row, example) in part.enumerated() {
                        inputs += vectors[row * width..<(row + 1) * width] + example.features
                    }
                }
                return tuner.labelHead.logits(inputs)
            }
        }

        private static let textsAtOnce = 32

        /// Lines with the same inputs are computed once.
        private func margins(_ lines: [Int], by logits: ([FineTuningExample]) -> [Float]) -> [Float] {
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
            let margins = logits(rows)
            return rowOfLine.flatMap { margins[$0 * AnomalyClass.count..<($0 + 1) * AnomalyClass.count] }
        }
    }

    /// - Parameters:
    ///   - lines: that may be learned from; a part of them validates.
    ///   - labels: a class index for each line of all.
    ///   - folder: where both stages' states are kept, and found again after a kill; nil keeps none.
    func run(
        lines: [Int], labels: [Int], folder: String? = nil, report: (Progress) -> Void
    ) throws -> Fitted {
        var tuning = options.tuning
        if options.model == .dann { tuning.domainCount = texts.collections.count }
        let isCommon = { (line: Int) in
            let line = texts.prepared.lines[line]
            return line.origin == .corpus && kin[line.system, default: []].isEmpty
        }
        let common = lines.filter(isCommon)
        let features =
            tuning.featureCount > 0
            ? texts.prepared.measured(FineTuningTexts.readFeatures, in: common.isEmpty ? lines : common) : []
        var start: [Float]?
        if !common.isEmpty {
            let tuner = try tuner(
                examples(common, labels: labels, features: features), tuning, start: nil,
                stage: .first, folder: folder)
            try train(tuner, stage: .first, folder: folder, report: report)
            start = tuner.state.parameters
        }

        tuning.epochs = options.secondEpochs
        tuning.learningRate *= options.secondRateFactor
        tuning.headLearningRate *= options.secondRateFactor
        let parts = texts.split(
            lines.filter { !isCommon($0) }, validationShare: options.validationShare, seed: tuning.seed)
        let again = texts.sample(common, share: options.repeatedShare, seed: tuning.seed)
        let learned = texts.sample(
            parts.training, textsPerTemplate: options.textsPerTemplate, seed: tuning.seed)
        let examples = try examples(learned + again, labels: labels, features: features)
        let tuner = try tuner(examples, tuning, start: start, stage: .second, folder: folder)
        let fitted = Fitted(
            tuner: tuner, features: features, texts: texts, validation: parts.validation,
            sampleCount: Set((common + learned).map { texts.prepared.textOfLine[$0] }).count)
        try train(tuner, stage: .second, folder: folder, report: report) {
            fitted.validation.isEmpty ? nil : validationScore(fitted, labels: labels)
        }
        tuner.useBest()
        return fitted
    }

    /// Removes the states of trainings that ended; the first stage's, which other splits share, only where asked to.
    static func removeStates(in folder: String, firstStage: Bool) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasSuffix(stateSuffix) && (firstStage || !name.hasPrefix(Stage.first.fileName)) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    private func examples(
        _ lines: [Int], labels: [Int], features: [ScaledFeature]
    ) throws -> [FineTuningExample] {
        let rows = try TrainingRows(texts.prepared, lines: lines, labels: labels, weighting: options.weighting)
        return zip(rows.lineOfRow, zip(rows.labels, rows.weights)).map { line, target in
            texts.example(line, label: target.0, weight: target.1, features: features)
        }
    }

    /// A trainer that goes on from the state that an earlier run left, where there is one of the very same training.
    private func tuner(
        _ examples: [FineTuningExample], _ tuning: FineTuningOptions, start: [Float]?, stage: Stage,
        folder: String?
    ) throws -> FineTuner {
        let fingerprint = FineTuner.fingerprint(
            encoderSHA256: checkpoint.sha256, examples: examples, options: tuning, start: start)
        let path = folder.map { Self.statePath($0, stage, fingerprint) }
        let state = try path.flatMap { path in
            FileManager.default.fileExists(atPath: path)
                ? try FineTuningState(path: path, fingerprint: fingerprint) : nil
        }
        return FineTuner(
            encoder: checkpoint.encoder, encoderSHA256: checkpoint.sha256, examples: examples,
            classCount: AnomalyClass.count, options: tuning, threads: options.threads, start: start, state: state)
    }

    private func train(
        _ tuner: FineTuner, stage: Stage, folder: String?, report: (Progress) -> Void,
        validate: () -> Double? = { nil }
    ) throws {
        let path = folder.map { Self.statePath($0, stage, tuner.state.fingerprint) }
        var loss: Double?
        var note = ""
        var stepsSinceState = 0
        while !tuner.isFinished {
            let step = tuner.step()
            loss = loss.map { 0.98 * $0 + 0.02 * step.labelLoss } ?? step.labelLoss
            stepsSinceState += 1
            if step.isEndOfEpoch, let score = validate() {
                note = ", validation F1 \(Self.text(score))"
                tuner.note(validationScore: score)
            }
            report(Progress(stage: stage.rawValue, share: step.progress, note: "loss \(Self.text(loss ?? 0))" + note))
            if let path, step.isEndOfEpoch || stepsSinceState >= Self.stepsBetweenStates {
                try tuner.state.write(to: path)
                stepsSinceState = 0
            }
        }
    }

    private static func statePath(_ folder: String, _ stage: Stage, _ fingerprint: String) -> String {
        "\(folder)/\(stage.fileName)-\(fingerprint.prefix(12))\(stateSuffix)"
    }

    /// How the names of states end.
    private static let stateSuffix = ".state.json"

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
