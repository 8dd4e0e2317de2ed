internal import Foundation

/// How much better or worse verdicts are than others on the same templates: those of another model, or of the same model
/// asked with vectors of other numbers.
public struct PairedComparison: Sendable {
    public let evaluationProtocol: EvaluationProtocol
    public let reference: Scores
    public let other: Scores
    public let templateCount: Int
    /// How many templates, of all, are given another class.
    public let changedTemplates: Int
    /// 95 % of the difference of macro-F1, over templates drawn with replacement and scored with both.
    public let interval: ClosedRange<Double>

    /// `other`'s macro-F1 per template less the reference's.
    public var difference: Double { other.macroF1 - reference.macroF1 }

    /// - Parameter other: verdicts on the same templates.
    public init(
        _ evaluationProtocol: EvaluationProtocol, _ verdicts: [TemplateVerdict], other: [TemplateVerdict]
    ) throws(TrainingError) {
        let (verdicts, other) = (verdicts.merged(), other.merged())
        guard verdicts.map(\.id) == other.map(\.id) else {
            throw .noData("the verdicts are on other templates; record both anew with evaluate --retrain")
        }
        self.evaluationProtocol = evaluationProtocol
        reference = Scores(perTemplate: verdicts)
        self.other = Scores(perTemplate: other)
        templateCount = verdicts.count
        let labels = verdicts.map(\.label)
        let predicted = verdicts.map { Scores.mostProbable($0.probabilities) }
        let otherPredicted = other.map { Scores.mostProbable($0.probabilities) }
        changedTemplates = zip(predicted, otherPredicted).count { $0 != $1 }
        interval = Scores.bootstrapInterval(count: verdicts.count, seed: 1) { sample in
            let labels = sample.map { labels[$0] }
            return Scores(predicted: sample.map { otherPredicted[$0] }, labels: labels).macroF1
                - Scores(predicted: sample.map { predicted[$0] }, labels: labels).macroF1
        }
    }

    /// Two precisions' figures: a table for a terminal and for Markdown alike.
    ///
    /// - Parameters:
    ///   - referenceName: of the numbers that the model was trained on.
    ///   - otherName: of the others.
    public func precisions(_ referenceName: String, _ otherName: String) -> String {
        func row(_ name: String, _ scores: Scores) -> String {
            "| \(name) | \(Self.text(scores.macroF1)) | \(Self.text(scores.macroF1WithoutPerformance)) | "
                + "\(Self.text(scores.accuracy)) | \(Self.text(scores.binaryF1)) |\n"
        }
        return """
            ## Protocol \(evaluationProtocol.rawValue): one model, asked in two precisions

            | vectors | macro-F1 per template | without performance_issue | accuracy | anomaly F1 |
            |---|---|---|---|---|

            """ + row(referenceName, reference) + row(otherName, other) + """

                Macro-F1 differs by \(String(format: "%+.4f", difference)) \
                (95 %: \(String(format: "%+.4f to %+.4f", interval.lowerBound, interval.upperBound))); \
                \(changedTemplates) of \(templateCount) templates are given another class.

                """
    }

    /// The difference with its interval, such as `+0.012 (-0.004 to +0.031)`.
    var markdown: String {
        String(format: "%+.3f (%+.3f to %+.3f)", difference, interval.lowerBound, interval.upperBound)
    }

    private static func text(_ value: Double) -> String { String(format: "%.4f", value) }
}
