public import Classification
internal import Foundation
internal import TocsinCore

/// What a model's recorded verdicts say of it: the figures of its folder, which are measured.
public struct RecordedQuality {
    private let model: ModelName
    private let table: OutOfFoldTable
    private let rows: [(EvaluationProtocol, EvaluationReport.Row)]
    /// Verdicts that a card shows the difference to, and whose they are.
    private let references: [(String, OutOfFoldTable)]

    /// Of the verdicts that are recorded in the model's folder.
    private init(of model: ModelName, in modelsDirectory: String) throws {
        self.model = model
        let table = try OutOfFoldTable(of: model, in: modelsDirectory)
        self.table = table
        rows = [EvaluationProtocol.templates, .sources, .field].compactMap { name in
            table.verdicts[name].map { (name, EvaluationReport.Row(name.rawValue, $0.calibrated())) }
        }
        let bagOfWords = try OutOfFoldTable(ifThereAt: OutOfFoldTable.bagOfWordsPath(in: modelsDirectory))
        let lora = model == .dann || model == .hybrid ? try OutOfFoldTable(of: .lora, in: modelsDirectory) : nil
        references = [("the bag of words", bagOfWords)] + (lora.map { [("`lora`", $0)] } ?? [])
    }

    /// What a classifier shows: a labelled file is another at every user's, so it is left to the card.
    private var shown: [(EvaluationProtocol, EvaluationReport.Row)] { rows.filter { $0.0 != .field } }

    /// By name, for the manifest.
    private var metrics: [String: Double] {
        shown.reduce(into: [:]) { metrics, entry in
            let (name, scores) = (entry.0.rawValue, entry.1.perTemplate)
            metrics["\(name) macro-F1 per template"] = Self.rounded(scores.macroF1)
            metrics["\(name) macro-F1 per template without performance_issue"] = Self.rounded(
                scores.macroF1WithoutPerformance)
            metrics["\(name) accuracy per template"] = Self.rounded(scores.accuracy)
            metrics["\(name) calibration error per template"] = Self.rounded(scores.calibrationError ?? 0)
        }
    }

    /// The files of a model's folder that say it, by name; none where nothing is recorded.
    private func files() throws -> [String: [UInt8]] {
        guard !shown.isEmpty else { return [:] }
        let evaluation = shown.map { ($0.0.rawValue, Self.quality($0.1)) }
        return [EvaluationFile.name: try EvaluationFile.encoded(Dictionary(uniqueKeysWithValues: evaluation))]
    }

    private static func quality(_ row: EvaluationReport.Row) -> ModelQuality {
        ModelQuality(
            macroF1: rounded(row.perTemplate.macroF1),
            macroF1Interval: rounded(row.interval.lowerBound)...rounded(row.interval.upperBound),
            accuracy: rounded(row.perTemplate.accuracy),
            calibrationError: rounded(row.perTemplate.calibrationError ?? 0), confusion: row.perTemplate.confusion,
            reliability: row.curves.reliability.map {
                ModelQuality.ReliabilityBin(
                    confidence: rounded($0.confidence), accuracy: rounded($0.accuracy), count: $0.count)
            })
    }

    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

    /// Gives a trained model in a folder of models the figures of the verdicts that are recorded there.
    ///
    /// A mixture of the model is to be fitted anew after that: it names the very manifest of each of its parts.
    @discardableResult
    public static func add(to model: ModelName, in modelsDirectory: String) throws -> ModelArtifact {
        let directory = "\(modelsDirectory)/\(model.rawValue)"
        let artifact = try ModelArtifact(directory: directory)
        let quality = try RecordedQuality(of: model, in: modelsDirectory)
        var manifest = artifact.manifest
        manifest.metrics.merge(quality.metrics) { $1 }
        var files = artifact.files.merging(try quality.files()) { $1 }
        if let card = files[ModelTraining.cardFileName] {
            let text = String(decoding: card, as: UTF8.self)
            let made = text.range(of: Self.cardSection).map { String(text[..<$0.lowerBound]) } ?? text
            files[ModelTraining.cardFileName] = Array(try quality.card(made).utf8)
        }
        return try ModelArtifact.write(manifest, files: files, to: directory)
    }
}

extension RecordedQuality {
    private static let cardSection = "## How good it is"

    /// A model's card.
    ///
    /// - Parameter made: what it is and how it was made, in Markdown.
    private func card(_ made: String) throws -> String {
        made.trimmingCharacters(in: .newlines) + "\n\n\(Self.cardSection)\n\n" + (try measured())
    }

    private func measured() throws -> String {
        guard !rows.isEmpty else {
            return "`tocsin evaluate --model \(model.rawValue) --retrain --protocol T,S` measures it.\n"
        }
        let titles =
            [
                "", "templates", "macro-F1", "95 %", "without performance_issue", "accuracy", "anomaly F1",
                "calibration error",
            ] + references.map { "difference to \($0.0) (95 %)" }
        let figures = try rows.map { name, row in
            let scores = row.perTemplate
            let fields =
                [name.rawValue, "\(scores.classes.reduce(0) { $0 + $1.support })", text(scores.macroF1)]
                + ["\(text(row.interval.lowerBound))-\(text(row.interval.upperBound))"]
                + [scores.macroF1WithoutPerformance, scores.accuracy, scores.binaryF1, scores.calibrationError ?? 0]
                .map(text)
            return try fields + references.map { try difference(to: $0.1, name) }
        }
        let classes = zip(AnomalyClass.allCases, rows[0].1.perTemplate.classes).map { anomalyClass, score in
            [anomalyClass.name, text(score.precision), text(score.recall), text(score.f1), "\(score.support)"]
        }
        return """
            Each template counts once; probabilities by a temperature that was fitted on the other splits' templates.
            `tocsin evaluate --model \(model.rawValue)` shows more, the baselines beside it: the bag of words is a logistic
            regression over words and pairs of them alone.

            \(Self.table(titles, figures))

            \(rows.map { "* **\($0.0.rawValue)**: \($0.0.summary)." }.joined(separator: "\n"))

            By class, under \(rows[0].0.rawValue):

            \(Self.table(["class", "precision", "recall", "F1", "templates"], classes))

            """
    }

    /// How much better the model is than another on the same templates; `-` where that one was not measured.
    private func difference(to other: OutOfFoldTable, _ name: EvaluationProtocol) throws -> String {
        guard let own = table.verdicts[name], let reference = other.verdicts[name] else { return "-" }
        return try PairedComparison(name, reference, other: own).markdown
    }

    private static func table(_ titles: [String], _ rows: [[String]]) -> String {
        ([titles, titles.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }
            .joined(separator: "\n")
    }

    private func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
