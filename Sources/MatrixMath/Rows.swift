internal import CVectorKernels

/// Writes `row` into each row of `matrix`: a bias that the next product is added to.
///
/// - Parameters:
///   - matrix: `[rows, columns]`; overwritten.
///   - row: `[columns]`.
public func fill(_ matrix: MutableMatrixView, rows row: UnsafePointer<Float>) {
    tocsin_fill_rows(matrix.base, matrix.stride, matrix.rows, row, matrix.columns)
}

/// Computes `output = input + row`, row by row: a residual and a bias that the next product is added to.
///
/// - Parameters:
///   - input: `[rows, columns]`; may be `output` itself.
///   - row: `[columns]`.
///   - output: `[rows, columns]`; overwritten.
public func add(_ input: MatrixView, row: UnsafePointer<Float>, into output: MutableMatrixView) {
    precondition(
        input.rows == output.rows && input.columns == output.columns,
        "[\(input.rows), \(input.columns)] is not [\(output.rows), \(output.columns)]")
    tocsin_add_row(output.base, output.stride, input.base, input.stride, input.rows, row, input.columns)
}

/// Computes the mean of a matrix's rows.
///
/// - Parameters:
///   - matrix: `[rows, columns]`, at least one row.
///   - output: `[columns]`; overwritten.
public func mean(ofRows matrix: MatrixView, into output: UnsafeMutablePointer<Float>) {
    precondition(matrix.rows > 0, "no rows have no mean")
    let sum = MutableMatrixView(output, rows: 1, columns: matrix.columns)
    output.initialize(repeating: 0, count: matrix.columns)
    for row in 0..<matrix.rows { add(MatrixView(sum), row: matrix.base + row * matrix.stride, into: sum) }
    for column in 0..<matrix.columns { output[column] /= Float(matrix.rows) }
}

/// Applies GELU, `x · Φ(x)` with the exact normal distribution, in place.
public func applyGELU(_ matrix: MutableMatrixView) {
    tocsin_gelu(matrix.base, matrix.stride, matrix.rows, matrix.columns)
}

/// Makes each row non-negative and sum to 1: `exp(xᵢ) / Σ exp(xⱼ)`, in place.
public func applySoftmax(_ matrix: MutableMatrixView) {
    tocsin_softmax(matrix.base, matrix.stride, matrix.rows, matrix.columns)
}
