internal import Foundation
public import TocsinCore

/// What 8-bit vectors cost a model that was trained on those of single precision.
public struct PrecisionComparison: Sendable {
    private let exactName = EncoderPrecision.fp32.rawValue
    private let otherName: String
    /// With vectors of the other precision alone.
    public let alone: PairedComparison
    /// As an analysis goes: close verdicts are asked for again with exact vectors.
    public let analyzed: PairedComparison
    /// How many of the templates are asked about again.
    public let closeTemplates: Int

    /// - Parameters:
    ///   - exact: verdicts with vectors of single precision.
    ///   - other: verdicts on the same templates with vectors of `precision`.
    public init(
        _ evaluationProtocol: EvaluationProtocol, exact: [TemplateVerdict], other: [TemplateVerdict],
        _ precision: EncoderPrecision
    ) throws(TrainingError) {
        otherName = precision.rawValue
        alone = try PairedComparison(evaluationProtocol, exact, other: other)
        let isClose = other.calibrated().map { Prediction(probabilities: $0.probabilities.map(Float.init)).isClose }
        let analyzed = zip(zip(exact.merged(), other.merged()), isClose).map { $1 ? $0.0 : $0.1 }
        self.analyzed = try PairedComparison(evaluationProtocol, exact, other: analyzed)
        closeTemplates = isClose.count(where: \.self)
    }

    /// The figures: a table for a terminal and for Markdown alike.
    public var markdown: String {
        func row(_ name: String, _ scores: Scores) -> String {
            let figures = [scores.macroF1, scores.macroF1WithoutPerformance, scores.accuracy, scores.binaryF1]
            return "| \(name) | " + figures.map { String(format: "%.4f", $0) }.joined(separator: " | ") + " |\n"
        }
        func difference(_ comparison: PairedComparison) -> String {
            let interval = comparison.interval
            return String(
                format: "%+.4f (95 %%: %+.4f to %+.4f); %d of %d templates are given another class",
                comparison.difference,
                interval.lowerBound, interval.upperBound, comparison.changedTemplates, comparison.templateCount)
        }
        return """
            ## Protocol \(alone.evaluationProtocol.rawValue): one model, asked in two precisions

            | vectors | macro-F1 per template | without performance_issue | accuracy | anomaly F1 |
            |---|---|---|---|---|

            """ + row(exactName, alone.reference) + row(otherName, alone.other)
                + row("\(otherName), close ones in \(exactName)", analyzed.other) + """

                    Macro-F1 with \(otherName) alone differs by \(difference(alone)).
                    As an analysis goes, which asks about close verdicts again in \(exactName), here \(closeTemplates), it \
                    differs by \(difference(analyzed)).

                    """
    }
}
