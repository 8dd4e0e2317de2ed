public import Classification
internal import Foundation
internal import TocsinCore

/// What a model's recorded verdicts say of it: the figures of its folder, which are measured.
public struct RecordedQuality {
    private let table: OutOfFoldTable
    private let rows: [(EvaluationProtocol, EvaluationReport.Row)]

    init(_ table: OutOfFoldTable) {
        self.table = table
        rows = [EvaluationProtocol.templates, .sources].compactMap { name in
            table.verdicts[name].map { (name, EvaluationReport.Row(name.rawValue, $0.calibrated())) }
        }
    }

    /// The verdicts that are recorded in a model's folder; none where there are none.
    public init(directory: String) throws {
        let path = "\(directory)/\(OutOfFoldTable.fileName())"
        self.init(FileManager.default.fileExists(atPath: path) ? try OutOfFoldTable(path: path) : OutOfFoldTable())
    }

    /// What suits the recorded verdicts best; 1 where there are none.
    var temperature: Double {
        guard let verdicts = table.verdicts[.templates] else { return 1 }
        return Self.rounded(verdicts.calibration.temperature)
    }

    /// By name, for the manifest.
    var metrics: [String: Double] {
        rows.reduce(into: [:]) { metrics, entry in
            let (name, scores) = (entry.0.rawValue, entry.1.perTemplate)
            metrics["\(name) macro-F1 per template"] = Self.rounded(scores.macroF1)
            metrics["\(name) macro-F1 per template without performance_issue"] = Self.rounded(
                scores.macroF1WithoutPerformance)
            metrics["\(name) accuracy per template"] = Self.rounded(scores.accuracy)
            metrics["\(name) calibration error per template"] = Self.rounded(scores.calibrationError ?? 0)
        }
    }

    /// The files of a model's folder that say it, by name; none where nothing is recorded.
    func files() throws -> [String: [UInt8]] {
        guard !rows.isEmpty else { return [:] }
        let evaluation = rows.map { ($0.0.rawValue, Self.quality($0.1)) }
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

    /// Gives a trained model in a folder of models the figures of the verdicts that were recorded since.
    ///
    /// A mixture of the model is to be fitted anew after that: it names the very manifest of each of its parts.
    @discardableResult
    public static func add(to model: ModelName, in modelsDirectory: String) throws -> ModelArtifact {
        let directory = "\(modelsDirectory)/\(model.rawValue)"
        let artifact = try ModelArtifact(directory: directory)
        let quality = try RecordedQuality(directory: directory)
        var manifest = artifact.manifest
        manifest.metrics.merge(quality.metrics) { $1 }
        return try ModelArtifact.write(
            manifest, files: artifact.files.merging(try quality.files()) { $1 }, to: directory)
    }

    /// For a card; says so where nothing is recorded.
    func markdown(_ model: String) -> String {
        guard !rows.isEmpty else {
            return "`tocsin evaluate --model \(model) --retrain --protocol T,S` measures it beside the baselines.\n"
        }
        return rows.map { name, row in
            let scores = row.perTemplate
            let classes = zip(AnomalyClass.allCases, scores.classes).map { anomalyClass, score in
                "| \(anomalyClass.name) | \(text(score.precision)) | \(text(score.recall)) | \(text(score.f1)) | "
                    + "\(score.support) |"
            }
            return """
                ## How good it is: \(name.summary)

                Each of the \(scores.classes.reduce(0) { $0 + $1.support }) templates counts once; probabilities by a
                temperature that was fitted on the other splits. `tocsin evaluate --model \(model)` shows the baselines
                beside it.

                macro-F1 \(text(scores.macroF1)), without performance_issue \(text(scores.macroF1WithoutPerformance)), \
                accuracy \(text(scores.accuracy)), anomaly F1 \(text(scores.binaryF1)), calibration error \
                \(text(scores.calibrationError ?? 0))

                | class | precision | recall | F1 | templates |
                |---|---|---|---|---|
                \(classes.joined(separator: "\n"))

                """
        }.joined(separator: "\n")
    }

    private func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
