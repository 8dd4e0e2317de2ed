internal import COpenBLAS
internal import CVectorKernels

/// Computes `output = scale · a · bᵀ + keep · output`.
///
/// - Parameters:
///   - a: `[m, k]`.
///   - b: `[n, k]`, as PyTorch stores `nn.Linear.weight`.
///   - output: `[m, n]`; read only where `keep` is not 0.
public func multiply(
    _ a: MatrixView, transposed b: MatrixView, into output: MutableMatrixView, scale: Float = 1, keep: Float = 0
) {
    precondition(
        a.columns == b.columns && output.rows == a.rows && output.columns == b.rows,
        "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)]ᵀ is not [\(output.rows), \(output.columns)]")
    cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans,
        Int32(a.rows), Int32(b.rows), Int32(a.columns),
        scale, a.base, Int32(a.stride), b.base, Int32(b.stride),
        keep, output.base, Int32(output.stride))
}

/// Computes `output += a · bᵀ`; of few rows by a kernel whose packing of `b` costs a fraction of what OpenBLAS's does.
///
/// - Parameters:
///   - a: `[m, k]`.
///   - b: `[n, k]`, as PyTorch stores `nn.Linear.weight`.
///   - output: `[m, n]`.
public func addProduct(_ a: MatrixView, transposed b: MatrixView, into output: MutableMatrixView) {
    guard a.rows <= TOCSIN_MOST_FEW_ROWS else {
        return multiply(a, transposed: b, into: output, keep: 1)
    }
    precondition(
        a.columns == b.columns && output.rows == a.rows && output.columns == b.rows,
        "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)]ᵀ is not [\(output.rows), \(output.columns)]")
    tocsin_add_few_rows(
        a.base, a.stride, a.rows, b.base, b.stride, b.rows, b.columns, output.base, output.stride)
}

/// Computes `output = scale · a · b + keep · output`.
///
/// - Parameters:
///   - a: `[m, k]`.
///   - b: `[k, n]`.
///   - output: `[m, n]`; read only where `keep` is not 0.
public func multiply(
    _ a: MatrixView, _ b: MatrixView, into output: MutableMatrixView, scale: Float = 1, keep: Float = 0
) {
    precondition(
        a.columns == b.rows && output.rows == a.rows && output.columns == b.columns,
        "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] is not [\(output.rows), \(output.columns)]")
    cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans,
        Int32(a.rows), Int32(b.columns), Int32(a.columns),
        scale, a.base, Int32(a.stride), b.base, Int32(b.stride),
        keep, output.base, Int32(output.stride))
}

/// Computes `output = scale · aᵀ · b + keep · output`.
///
/// - Parameters:
///   - a: `[k, m]`.
///   - b: `[k, n]`.
///   - output: `[m, n]`; read only where `keep` is not 0.
public func multiply(
    transposed a: MatrixView, _ b: MatrixView, into output: MutableMatrixView, scale: Float = 1, keep: Float = 0
) {
    precondition(
        a.rows == b.rows && output.rows == a.columns && output.columns == b.columns,
        "[\(a.rows), \(a.columns)]ᵀ · [\(b.rows), \(b.columns)] is not [\(output.rows), \(output.columns)]")
    cblas_sgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans,
        Int32(a.columns), Int32(b.columns), Int32(a.rows),
        scale, a.base, Int32(a.stride), b.base, Int32(b.stride),
        keep, output.base, Int32(output.stride))
}
