internal import CXGBoost

/// Owns one `DMatrixHandle` and frees it once, when the value dies.
struct Matrix: ~Copyable {
    let handle: DMatrixHandle

    /// A copy of `values`, `[rows, columns]` row-major, in libxgboost's memory.
    init(values: [Float], columns: Int, threads: Int) throws(TreeEnsembleError) {
        guard columns > 0, values.count.isMultiple(of: columns), !values.isEmpty else {
            throw .wrongValueCount(found: values.count, columns: columns)
        }
        var created: DMatrixHandle?
        let status = XGDMatrixCreateFromMat_omp(
            values, bst_ulong(values.count / columns), bst_ulong(columns), .nan, &created, CInt(threads))
        try check(status, "copying rows")
        guard let created else { throw .library(operation: "copying rows", reason: "no matrix came back") }
        handle = created
    }

    deinit { XGDMatrixFree(handle) }

    borrowing func set(_ field: String, _ values: [Float]) throws(TreeEnsembleError) {
        try check(XGDMatrixSetFloatInfo(handle, field, values, bst_ulong(values.count)), "setting \(field)")
    }
}
