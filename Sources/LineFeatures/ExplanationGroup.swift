/// What explanations sum features over: the groups of a feature row, with the level apart from the keywords.
public enum ExplanationGroup: String, Sendable, CaseIterable {
    case meaning, text, template, level, time, position, keywords, words

    /// For people; with `the` before it, it fits into a sentence.
    public var title: String {
        switch self {
        case .meaning: "meaning of the text"
        case .text: "text statistics"
        case .template: "template"
        case .level: "level"
        case .time: "time and durations"
        case .position: "position of the message"
        case .keywords: "keywords"
        case .words: "words"
        }
    }

    /// The group of a column of a feature row.
    public init(column: Int) {
        self =
            switch FeatureTable.features[column].group {
            case .embedding: .meaning
            case .text: .text
            case .template: .template
            case .temporal: .time
            case .positional: .position
            case .keyword:
                column == FeatureTable.embeddingCount + LineFeature.severity.rawValue ? .level : .keywords
            }
    }

    /// The group of each column of a feature row.
    public static let ofColumns = (0..<FeatureTable.count).map { ExplanationGroup(column: $0) }
}
