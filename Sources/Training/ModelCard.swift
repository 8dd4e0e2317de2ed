internal import Classification
internal import Foundation
internal import TocsinCore

/// The page that tells people what a model is, what it was made from and how good it is.
struct ModelCard {
    let manifest: ModelManifest
    /// Of the template-disjoint folds, per template.
    let scores: Scores
    /// Of the same folds.
    let baselines: [(name: String, scores: Scores)]
    /// How the settings were chosen; nil where people chose them.
    var search: SettingsSearch.Outcome?

    var markdown: String {
        let training = manifest.training
        return """
            # Model `\(manifest.name)`: \(manifest.algorithm) \(manifest.version)

            Reads the encoder's 768-wide vector of a line's model text and 22 features of the line; gives one of seven
            classes (`models/labels/RUBRIC.md`) with a calibrated probability.

            * **Trained on** \(training.lineCount) labelled lines (LogHub's 16 systems and the hand-written corpus),
              \(training.sampleCount) different texts; seed \(training.seed). No line of the documented examples and no
              field line is among them.
            * **Settings** \(training.parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", ")).
            * **Calibrated** by one temperature, \(manifest.temperature), fitted on lines held out of training.
              A confidence below \(manifest.abstentionThreshold) abstains.
            * **Needs** the encoder `\(manifest.encoderSHA256.prefix(12))…` and the template tree
              `\(manifest.templateTreeSHA256.prefix(12))…`; others are refused.

            ## How good it is

            Five folds of LogHub that share no event template, near-duplicates in one fold, the corpus in training;
            each of the \(scores.classes.reduce(0) { $0 + $1.support }) templates counts once. The folds have templates
            in common with nothing that was learned, so this is what to expect of new messages of known systems; of
            unknown systems expect less.

            | | macro-F1 | without performance_issue | accuracy | anomaly F1 | calibration error |
            |---|---|---|---|---|---|
            \(([(manifest.name, scores)] + baselines).map(row).joined(separator: "\n"))

            | class | precision | recall | F1 | templates |
            |---|---|---|---|---|
            \(AnomalyClass.allCases.map(row).joined(separator: "\n"))

            \(choice)

            """
    }

    private var choice: String {
        guard let search else { return "The settings were chosen by hand, not by a search over these folds." }
        return """
            The settings are the best of \(search.drawCount) that were drawn by the seed and those chosen by hand:
            macro-F1 \(text(search.macroF1)), by hand \(text(search.startMacroF1)), each event template and corpus line
            counted once, over \(search.foldCount) folds of the training lines that keep near-duplicate templates and the
            lines of a corpus system together. Each fold's boosting ended where a part held out of it, kept together
            alike, gained no more. The search has seen the labels of the templates above, so the figures above flatter
            by as much as choosing among \(search.drawCount + 1) settings brings.
            """
    }

    private func row(_ name: String, _ scores: Scores) -> String {
        let figures = [scores.macroF1, scores.macroF1WithoutPerformance, scores.accuracy, scores.binaryF1].map(text)
        return "| \(name) | \(figures.joined(separator: " | ")) | \(scores.calibrationError.map(text) ?? "-") |"
    }

    private func row(_ anomalyClass: AnomalyClass) -> String {
        let score = scores.classes[anomalyClass.rawValue]
        return "| \(anomalyClass.name) | \(text(score.precision)) | \(text(score.recall)) | \(text(score.f1)) | "
            + "\(score.support) |"
    }

    private func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
