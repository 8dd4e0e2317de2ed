public import TocsinCore

/// Puts embeddings and line features together into a model's input, `[rows, 790]`.
public enum FeatureRows {
    /// Appends one row; nothing is appended where it throws.
    ///
    /// - Parameters:
    ///   - embedding: 768 components.
    ///   - lineFeatures: 22 values in the order of `FeatureTable.lineFeatures`.
    public static func append(
        embedding: ArraySlice<Float>, lineFeatures: ArraySlice<Float>, to rows: inout VectorBlock
    ) throws(FeatureError) {
        precondition(rows.dimension == FeatureTable.count, "a feature row has \(FeatureTable.count) columns")
        guard embedding.count == FeatureTable.embeddingCount else {
            throw .wrongCount(of: "embedding", found: embedding.count, expected: FeatureTable.embeddingCount)
        }
        guard lineFeatures.count == FeatureTable.lineFeatureCount else {
            throw .wrongCount(of: "line features", found: lineFeatures.count, expected: FeatureTable.lineFeatureCount)
        }
        let row = embedding + lineFeatures
        // A sum is finite only if no term is NaN or infinite; which one it was is looked up only then.
        if !row.reduce(0, +).isFinite {
            for (column, value) in row.enumerated() where !value.isFinite {
                throw .notFinite(feature: FeatureTable.features[column].name, value: value)
            }
        }
        rows.append(row)
    }
}

/// Why a line has no feature row.
public enum FeatureError: Error, Sendable, Equatable {
    case wrongCount(of: String, found: Int, expected: Int)
    case notFinite(feature: String, value: Float)
}

extension FeatureError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wrongCount(let part, let found, let expected):
            "the \(part) has \(found) values in place of \(expected); nothing is padded, so send all of them"
        case .notFinite(let feature, let value):
            "feature '\(feature)' is \(value); every feature must be a finite number, so mend what computed it"
        }
    }
}
