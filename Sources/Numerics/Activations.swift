/// Adds `bias` to each row and applies GELU, `x · Φ(x)` with the exact normal distribution, in place.
///
/// - Parameters:
///   - matrix: `[rows, columns]`.
///   - bias: `[columns]`.
public func addBiasAndApplyGELU(_ matrix: MutableMatrixView, bias: UnsafePointer<Float>) {
    for row in 0..<matrix.rows {
        let values = matrix[row]
        forEachLanes(matrix.columns) { column in
            let x = Lanes.load(values + column) + Lanes.load(bias + column)
            gelu(x).store(values + column)
        } remainder: { column in
            values[column] = gelu(Lanes(repeating: values[column] + bias[column]))[0]
        }
    }
}

/// Adds `bias` to each row, in place.
///
/// - Parameters:
///   - matrix: `[rows, columns]`.
///   - bias: `[columns]`.
public func addBias(_ matrix: MutableMatrixView, bias: UnsafePointer<Float>) {
    for row in 0..<matrix.rows {
        let values = matrix[row]
        forEachLanes(matrix.columns) { column in
            (Lanes.load(values + column) + Lanes.load(bias + column)).store(values + column)
        } remainder: { column in
            values[column] += bias[column]
        }
    }
}

/// Makes each row non-negative and sum to 1: `exp(xᵢ) / Σ exp(xⱼ)`, in place.
public func applySoftmax(_ matrix: MutableMatrixView) {
    for row in 0..<matrix.rows {
        let values = matrix[row]
        var largestLanes = Lanes(repeating: -.infinity)
        var largest = -Float.infinity
        forEachLanes(matrix.columns) { column in
            let x = Lanes.load(values + column)
            largestLanes.replace(with: x, where: x .> largestLanes)
        } remainder: { column in
            largest = max(largest, values[column])
        }
        largest = max(largest, largestLanes.max())

        var sumLanes = Lanes()
        var sum: Float = 0
        forEachLanes(matrix.columns) { column in
            let x = (Lanes.load(values + column) - largest).exponential
            sumLanes += x
            x.store(values + column)
        } remainder: { column in
            let x = Lanes(repeating: values[column] - largest).exponential[0]
            sum += x
            values[column] = x
        }
        let scale = 1 / (sum + sumLanes.sum())
        forEachLanes(matrix.columns) { column in
            (Lanes.load(values + column) * scale).store(values + column)
        } remainder: { column in
            values[column] *= scale
        }
    }
}

@inline(__always)
private func gelu(_ x: Lanes) -> Lanes {
    x * 0.5 * ((x * 0.707_106_78).errorFunction + 1)
}

/// Calls `body` with the start of each full group of lanes below `count`, then `remainder` with each index left.
@inline(__always)
func forEachLanes(_ count: Int, _ body: (Int) -> Void, remainder: (Int) -> Void) {
    var index = 0
    while index + Lanes.scalarCount <= count {
        body(index)
        index += Lanes.scalarCount
    }
    while index < count {
        remainder(index)
        index += 1
    }
}
