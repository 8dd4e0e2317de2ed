/// Computes `output = a + b` for `count` values.
public func add(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ count: Int
) {
    forEachLanes(count) { column in
        (Lanes.load(a + column) + Lanes.load(b + column)).store(output + column)
    } remainder: { column in
        output[column] = a[column] + b[column]
    }
}

/// Computes the mean of a matrix's rows.
///
/// - Parameters:
///   - matrix: `[rows, columns]`, at least one row.
///   - output: `[columns]`; overwritten.
public func mean(ofRows matrix: MatrixView, into output: UnsafeMutablePointer<Float>) {
    precondition(matrix.rows > 0, "no rows have no mean")
    let scale = 1 / Float(matrix.rows)
    forEachLanes(matrix.columns) { column in
        var sum = Lanes()
        for row in 0..<matrix.rows { sum += Lanes.load(matrix.base + row * matrix.stride + column) }
        (sum * scale).store(output + column)
    } remainder: { column in
        var sum: Float = 0
        for row in 0..<matrix.rows { sum += matrix.base[row * matrix.stride + column] }
        output[column] = sum * scale
    }
}
