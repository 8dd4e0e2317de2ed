/// Scale and shift of a layer normalisation over rows of one width.
public struct LayerNorm {
    /// `[columns]`.
    public let weight: UnsafePointer<Float>
    /// `[columns]`.
    public let bias: UnsafePointer<Float>
    /// Added to the variance.
    public let epsilon: Float

    public init(weight: UnsafePointer<Float>, bias: UnsafePointer<Float>, epsilon: Float) {
        self.weight = weight
        self.bias = bias
        self.epsilon = epsilon
    }

    /// Computes `matrix = norm(matrix + projectionBias + residual)`, row by row, in place.
    ///
    /// - Parameters:
    ///   - matrix: `[rows, columns]`.
    ///   - projectionBias: `[columns]`: the bias of the linear layer that made `matrix`.
    ///   - residual: `[rows, columns]`.
    public func apply(
        _ matrix: MutableMatrixView, addingBias projectionBias: UnsafePointer<Float>, residual: MatrixView
    ) {
        precondition(
            residual.rows == matrix.rows && residual.columns == matrix.columns,
            "[\(residual.rows), \(residual.columns)] cannot be added to [\(matrix.rows), \(matrix.columns)]")
        for row in 0..<matrix.rows {
            let values = matrix[row]
            let kept = residual.base + row * residual.stride
            var sumLanes = Lanes()
            var sum: Float = 0
            forEachLanes(matrix.columns) { column in
                let x = Lanes.load(values + column) + Lanes.load(projectionBias + column) + Lanes.load(kept + column)
                sumLanes += x
                x.store(values + column)
            } remainder: { column in
                values[column] += projectionBias[column] + kept[column]
                sum += values[column]
            }
            normalise(values, count: matrix.columns, mean: (sum + sumLanes.sum()) / Float(matrix.columns))
        }
    }

    /// Computes `row = norm(row)` for one row of `count` values, in place.
    public func apply(_ row: UnsafeMutablePointer<Float>, count: Int) {
        var sumLanes = Lanes()
        var sum: Float = 0
        forEachLanes(count) { column in
            sumLanes += Lanes.load(row + column)
        } remainder: { column in
            sum += row[column]
        }
        normalise(row, count: count, mean: (sum + sumLanes.sum()) / Float(count))
    }

    /// The variance is taken around the mean, in a second pass: the sum of squares would cancel.
    @inline(__always)
    private func normalise(_ row: UnsafeMutablePointer<Float>, count: Int, mean: Float) {
        var squareLanes = Lanes()
        var squares: Float = 0
        forEachLanes(count) { column in
            let x = Lanes.load(row + column) - mean
            squareLanes += x * x
        } remainder: { column in
            squares += (row[column] - mean) * (row[column] - mean)
        }
        let scale = 1 / ((squares + squareLanes.sum()) / Float(count) + epsilon).squareRoot()
        forEachLanes(count) { column in
            let x = (Lanes.load(row + column) - mean) * scale
            (x * Lanes.load(weight + column) + Lanes.load(bias + column)).store(row + column)
        } remainder: { column in
            row[column] = (row[column] - mean) * scale * weight[column] + bias[column]
        }
    }
}
