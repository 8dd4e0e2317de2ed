internal import Foundation
internal import LineFeatures
internal import TocsinCore

/// What is printed beside every model: rules and small models that a trained one must beat to be worth its cost.
enum Baseline: String, CaseIterable {
    case majority = "majority class"
    case rule = "keyword and level rule"
    case lookup = "lookup table of templates"
    case bagOfWords = "bag of words, logistic regression"

    /// Whether the verdicts are probabilities, which can be calibrated or not.
    var isProbabilistic: Bool { self == .bagOfWords }

    /// Verdicts on the test lines of each split.
    func verdicts(_ splits: [Split], _ prepared: PreparedLines) throws -> [TemplateVerdict] {
        try splits.enumerated().flatMap { number, split in
            guard self != .bagOfWords else { return try WordsFit.bagOfWords.verdicts(number, split, prepared) }
            return TemplateVerdict.gather(
                lines: split.test, of: prepared.lines, probabilities: certainties(split, prepared), split: number)
        }
    }

    private func certainties(_ split: Split, _ prepared: PreparedLines) -> [[Double]] {
        switch self {
        case .majority, .bagOfWords:
            return split.test.map { _ in Self.certain(.normal) }
        case .rule:
            return split.test.map { Self.certain(Self.ruleVerdict(Array(prepared.features[$0]))) }
        case .lookup:
            let labelOfTemplate = split.training.reduce(into: [String: AnomalyClass]()) { labels, line in
                if let id = prepared.lines[line].templateID { labels[id] = prepared.lines[line].label }
            }
            return split.test.map { line in
                Self.certain(prepared.lines[line].templateID.flatMap { labelOfTemplate[$0] } ?? .normal)
            }
        }
    }

    private static func certain(_ anomalyClass: AnomalyClass) -> [Double] {
        AnomalyClass.allCases.map { $0 == anomalyClass ? 1 : 0 }
    }

    /// The class whose words the message has most of, where its level or words tell of trouble at all.
    static func ruleVerdict(_ features: [Float]) -> AnomalyClass {
        func value(_ feature: LineFeature) -> Float { features[feature.rawValue] }
        let isError = value(.severity) >= 17
        let hasTrouble = value(.firstTroublePosition) < 1 || value(.failureWords) > 0
        guard isError || value(.severity) >= 13 && hasTrouble || value(.severity) == 0 && hasTrouble else {
            return .normal
        }
        // In the rubric's order: of two causes the earlier wins.
        let causes: [(LineFeature, AnomalyClass)] = [
            (.hardwareWords, .hardwareIssue), (.securityWords, .securityAnomaly), (.configWords, .configError),
            (.networkWords, .networkAnomaly), (.performanceWords, .performanceIssue),
        ]
        let most = causes.map { value($0.0) }.max() ?? 0
        return most == 0 ? .systemFailure : causes.first { value($0.0) == most }?.1 ?? .systemFailure
    }
}
