internal import Foundation
internal import TocsinCore

/// How good a model and the baselines are under one protocol: what `tocsin evaluate` prints.
public struct EvaluationReport: Sendable {
    /// One model's or baseline's figures.
    public struct Row: Sendable {
        public var name: String
        /// Each template counts once.
        public var perTemplate: Scores
        /// Each line counts once.
        public var perLine: Scores
        /// 95 % of macro-F1 per template over templates drawn with replacement.
        public var interval: ClosedRange<Double>
        /// What its confidence is worth, each template counting once.
        public var curves: ConfidenceCurves

        init(_ name: String, _ verdicts: [TemplateVerdict], areProbable: Bool = true) {
            let predicted = verdicts.map { Scores.mostProbable($0.probabilities) }
            self.name = name
            perTemplate = Scores(perTemplate: verdicts, areProbable: areProbable)
            perLine = Scores(perLine: verdicts)
            interval = Scores.bootstrapInterval(count: verdicts.count, seed: 1) { sample in
                Scores(predicted: sample.map { predicted[$0] }, labels: sample.map { verdicts[$0].label }).macroF1
            }
            curves = ConfidenceCurves(probabilities: verdicts.map(\.probabilities), labels: verdicts.map(\.label))
        }
    }

    public let evaluationProtocol: EvaluationProtocol
    /// The model first.
    public private(set) var rows: [Row] = []

    init(_ evaluationProtocol: EvaluationProtocol) { self.evaluationProtocol = evaluationProtocol }

    mutating func add(_ name: String, _ verdicts: [TemplateVerdict], areProbable: Bool = true) {
        rows.append(Row(name, verdicts, areProbable: areProbable))
    }

    /// Tables for a terminal and for Markdown alike.
    public var markdown: String {
        var text = """
            ## Protocol \(evaluationProtocol.rawValue): \(evaluationProtocol.summary)

            | model | macro-F1 per template | 95 % | without performance_issue | macro-F1 per line | accuracy | \
            anomaly F1 | calibration error |
            |---|---|---|---|---|---|---|---|

            """
        for row in rows {
            let figures = [
                row.perTemplate.macroF1, row.perTemplate.macroF1WithoutPerformance, row.perLine.macroF1,
                row.perTemplate.accuracy, row.perTemplate.binaryF1,
            ].map(Self.text)
            text += "| \(row.name) | \(figures[0]) | \(Self.text(row.interval.lowerBound))-"
            text += "\(Self.text(row.interval.upperBound)) | \(figures[1...].joined(separator: " | ")) | "
            text += "\(row.perTemplate.calibrationError.map(Self.text) ?? "-") |\n"
        }
        guard let model = rows.first else { return text }
        text += "\n| \(model.name) | precision | recall | F1 | support | "
        text += AnomalyClass.allCases.map { "as \($0.name)" }.joined(separator: " | ") + " |\n"
        text += "|---" + String(repeating: "|---", count: 4 + AnomalyClass.count) + "|\n"
        for anomalyClass in AnomalyClass.allCases {
            let score = model.perTemplate.classes[anomalyClass.rawValue]
            text += "| \(anomalyClass.name) | \(Self.text(score.precision)) | \(Self.text(score.recall)) | "
            text += "\(Self.text(score.f1)) | \(score.support) | "
            text += model.perTemplate.confusion[anomalyClass.rawValue].map(String.init).joined(separator: " | ")
            text += " |\n"
        }
        return text
    }

    private static func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
