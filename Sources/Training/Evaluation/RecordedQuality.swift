internal import Classification
internal import Foundation
internal import TocsinCore

/// What a model's recorded verdicts say of it: the part of a card that is measured, and the manifest's figures.
struct RecordedQuality {
    private let table: OutOfFoldTable

    init(_ table: OutOfFoldTable) { self.table = table }

    /// The verdicts that are recorded in a model's folder; none where there are none.
    init(directory: String) throws {
        let path = "\(directory)/\(OutOfFoldTable.fileName())"
        table = FileManager.default.fileExists(atPath: path) ? try OutOfFoldTable(path: path) : OutOfFoldTable()
    }

    private var scores: [(EvaluationProtocol, Scores)] {
        [EvaluationProtocol.templates, .sources].compactMap { name in
            table.verdicts[name].map { (name, Scores(perTemplate: $0.calibrated())) }
        }
    }

    /// What suits the recorded verdicts best; 1 where there are none.
    var temperature: Double {
        guard let verdicts = table.verdicts[.templates] else { return 1 }
        return (verdicts.calibration.temperature * 10_000).rounded() / 10_000
    }

    /// By name, for the manifest.
    var metrics: [String: Double] {
        scores.reduce(into: [:]) { metrics, entry in
            let (name, scores) = (entry.0.rawValue, entry.1)
            func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
            metrics["\(name) macro-F1 per template"] = rounded(scores.macroF1)
            metrics["\(name) macro-F1 per template without performance_issue"] = rounded(
                scores.macroF1WithoutPerformance)
            metrics["\(name) accuracy per template"] = rounded(scores.accuracy)
            metrics["\(name) calibration error per template"] = rounded(scores.calibrationError ?? 0)
        }
    }

    /// For a card; says so where nothing is recorded.
    func markdown(_ model: String) -> String {
        guard !scores.isEmpty else {
            return "`tocsin evaluate --model \(model) --retrain --protocol T,S` measures it beside the baselines.\n"
        }
        return scores.map { name, scores in
            """
            ## How good it is: \(name.summary)

            Each of the \(scores.classes.reduce(0) { $0 + $1.support }) templates counts once; probabilities by a
            temperature that was fitted on the other splits. `tocsin evaluate --model \(model)` shows the baselines
            beside it.

            macro-F1 \(text(scores.macroF1)), without performance_issue \(text(scores.macroF1WithoutPerformance)), \
            accuracy \(text(scores.accuracy)), anomaly F1 \(text(scores.binaryF1)), calibration error \
            \(text(scores.calibrationError ?? 0))

            | class | precision | recall | F1 | templates |
            |---|---|---|---|---|
            \(AnomalyClass.allCases.map { anomalyClass in
                let score = scores.classes[anomalyClass.rawValue]
                return "| \(anomalyClass.name) | \(text(score.precision)) | \(text(score.recall)) | \(text(score.f1)) | "
                    + "\(score.support) |"
            }.joined(separator: "\n"))

            """
        }.joined(separator: "\n")
    }

    private func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
