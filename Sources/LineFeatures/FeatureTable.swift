/// One of the 790 numbers that a model reads of a line.
public struct Feature: Sendable, Hashable {
    /// A unique name, such as `digit_count` or `embedding_17`.
    public let name: String
    /// The group that explanations sum over.
    public let group: FeatureGroup
    /// What the number is, with its unit and range.
    public let meaning: String
}

/// The parts of a feature row, in the order they stand in it.
public enum FeatureGroup: String, Sendable, CaseIterable {
    /// The encoder's vector of the model text.
    case embedding
    /// Length and make-up of the message.
    case text
    /// Length and make-up of the message's template.
    case template
    /// The line's own time of day and the durations it names.
    case temporal
    /// Where in the line things stand.
    case positional
    /// The level and words that tell of trouble.
    case keyword
}

/// The one table that names every feature, in the order of a model's input: 768 of the embedding, then 22 of the line.
///
/// Each is computable from the line and its template alone: none looks at other lines, a clock or a label.
public enum FeatureTable {
    /// Grows whenever the meaning or order of a feature, or the model text, changes; a model refuses another version.
    public static let schemaVersion = 3

    /// The width of the embedding, 768.
    public static let embeddingCount = 768
    /// The number of line features, 22.
    public static let lineFeatureCount = lineFeatures.count
    /// The width of a feature row, 790.
    public static let count = embeddingCount + lineFeatureCount

    /// All features in the order of a row.
    public static let features: [Feature] =
        (0..<embeddingCount).map {
            Feature(
                name: "embedding_\($0)", group: .embedding, meaning: "component \($0) of the encoder's vector")
        } + lineFeatures

    /// The features that `LineFeatures` computes, in its order.
    public static let lineFeatures: [Feature] = LineFeature.allCases.map {
        Feature(name: $0.name, group: $0.group, meaning: $0.meaning)
    }

    /// Where a group stands in a feature row.
    public static func columns(of group: FeatureGroup) -> Range<Int> {
        let columns = features.indices.filter { features[$0].group == group }
        return columns[0]..<columns[columns.count - 1] + 1
    }
}
