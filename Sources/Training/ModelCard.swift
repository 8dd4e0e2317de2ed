internal import Classification
internal import Foundation
internal import TocsinCore

/// The page that tells people what `ml` is and how it was made; how good it is follows.
struct ModelCard {
    let manifest: ModelManifest
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

            \(choice)
            """
    }

    private var choice: String {
        guard let search else { return "The settings were chosen by hand, not by a search." }
        return """
            The settings are the best of \(search.drawCount) that were drawn by the seed and those chosen by hand:
            macro-F1 \(text(search.macroF1)), by hand \(text(search.startMacroF1)), each event template and corpus line
            counted once, over \(search.foldCount) folds of the training lines that keep near-duplicate templates and the
            lines of a corpus system together. Each fold's boosting ended where a part held out of it, kept together
            alike, gained no more. The search has seen the labels of the templates below, so the figures of T flatter
            by as much as choosing among \(search.drawCount + 1) settings brings.
            """
    }

    private func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
