/// Row vectors of one width in one allocation, row-major: `[count, dimension]`.
public struct VectorBlock: Sendable, Hashable {
    public let dimension: Int
    /// `[count × dimension]`.
    public private(set) var values: [Float]

    public init(dimension: Int) {
        precondition(dimension > 0, "a vector has at least one component, not \(dimension)")
        self.dimension = dimension
        values = []
    }

    /// A block over `values`, or nil where their number is no multiple of `dimension`.
    public init?(dimension: Int, values: [Float]) {
        guard dimension > 0, values.count.isMultiple(of: dimension) else { return nil }
        self.dimension = dimension
        self.values = values
    }

    /// The number of rows.
    public var count: Int { values.count / dimension }

    public subscript(row: Int) -> ArraySlice<Float> {
        values[row * dimension..<(row + 1) * dimension]
    }

    public mutating func append(_ row: some Collection<Float>) {
        precondition(row.count == dimension, "a row has \(dimension) components, not \(row.count)")
        values.append(contentsOf: row)
    }

    public mutating func reserveCapacity(rows: Int) {
        values.reserveCapacity(rows * dimension)
    }
}
