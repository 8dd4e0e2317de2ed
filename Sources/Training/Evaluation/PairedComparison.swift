internal import Foundation

/// How much better or worse verdicts are than others on the same templates: those of another model, or of the same model
/// asked with vectors of another precision.
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

    /// The difference with its interval, such as `+0.012 (-0.004 to +0.031)`.
    var markdown: String {
        String(format: "%+.3f (%+.3f to %+.3f)", difference, interval.lowerBound, interval.upperBound)
    }
}
