internal import Foundation

/// A line feature that a head reads, as it was spread among the training texts.
public struct ScaledFeature: Sendable, Hashable, Codable {
    /// As the feature table names it.
    public let name: String
    /// Of `log(1 + value)`; of values below 0, of `-log(1 - value)`.
    public let mean: Float
    /// The standard deviation of the same, above 0.
    public let deviation: Float

    init(name: String, mean: Float, deviation: Float) {
        self.name = name
        self.mean = mean
        self.deviation = deviation
    }

    /// Measures a feature's values.
    public init(name: String, values: [Float]) {
        self.name = name
        let values = values.map { Self.logarithm(Double($0)) }
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count, 1))
        self.mean = Float(mean)
        deviation = max(Float(variance.squareRoot()), 1e-3)
    }

    /// What a head gets of a value: no mean, and a spread of 1.
    public func scaled(_ value: Float) -> Float { (Float(Self.logarithm(Double(value))) - mean) / deviation }

    private static func logarithm(_ value: Double) -> Double { value < 0 ? -log1p(-value) : log1p(value) }
}

extension [ScaledFeature] {
    /// Where the features stand among all that a row has.
    ///
    /// - Parameter names: of a row's numbers.
    public func columns(among names: [String]) throws(HeadError) -> [Int] {
        var columns: [Int] = []
        for feature in self {
            guard let column = names.firstIndex(of: feature.name) else { throw .unknownFeature(feature.name) }
            columns.append(column)
        }
        return columns
    }

    /// What a head gets of a row.
    ///
    /// - Parameter columns: as ``columns(among:)`` gives them.
    public func scaled(_ row: ArraySlice<Float>, columns: [Int]) -> [Float] {
        zip(self, columns).map { $0.scaled(row[row.startIndex + $1]) }
    }
}
