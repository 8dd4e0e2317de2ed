internal import Synchronization

/// A trained ensemble of decision trees, ready to be asked from many threads at once.
///
/// Rows are `[rows, columns]`, row-major; NaN is libxgboost's "missing", so callers refuse it first. Every prediction
/// runs on the calling thread alone: beside other work, libxgboost's own threads make a single row wait for the
/// slowest of them (32 ms in place of 0.4 were seen), and a server has a thread for each request already.
// The booster is configured once in `init` and never changed after: `margins` calls only the in-place prediction, which
// libxgboost documents as safe from many threads (its results lie in a buffer of the calling thread); everything else
// goes through `explaining`.
public final class TreeEnsemble: @unchecked Sendable {
    /// The width of a row.
    public let columnCount: Int
    public let classCount: Int

    private let booster: Booster
    /// Explanations go through libxgboost's caches, so one runs at a time.
    private let explaining = Mutex(())

    /// Loads a model from XGBoost's own format (universal binary JSON or JSON).
    public init(serialized model: [UInt8]) throws(TreeEnsembleError) {
        let booster = try Booster()
        try booster.load(model)
        try booster.set("nthread", "1")
        try booster.set("verbosity", "0")
        columnCount = try booster.columnCount()
        guard columnCount > 0 else { throw .library(operation: "loading a model", reason: "it has no columns") }
        // libxgboost finishes its configuration at the first prediction; here it has no company.
        let row = [Float](repeating: 0, count: columnCount)
        let (_, shape) = try booster.margins(values: row, columns: columnCount, rounds: 0..<0)
        classCount = shape[1]
        self.booster = booster
    }

    /// The model in XGBoost's own universal binary JSON, which Python's `xgboost` loads as well.
    public func serialized() throws(TreeEnsembleError) -> [UInt8] {
        try locked { booster throws(TreeEnsembleError) in try booster.serialized() }
    }

    /// The trees' sums for each class before softmax, `[rows, classes]`.
    ///
    /// - Parameter rounds: the first so many boosting rounds only; nil takes all.
    public func margins(rows: [Float], rounds: Int? = nil) throws(TreeEnsembleError) -> [Float] {
        guard rows.count.isMultiple(of: columnCount) else {
            throw .wrongValueCount(found: rows.count, columns: columnCount)
        }
        guard !rows.isEmpty else { return [] }
        return try booster.margins(values: rows, columns: columnCount, rounds: 0..<(rounds ?? 0)).values
    }

    /// What each column adds to each class's margin: `[rows, classes, columns + 1]`, the bias last. Exact (TreeSHAP).
    public func contributions(rows: [Float]) throws(TreeEnsembleError) -> [Float] {
        let matrix = try Matrix(values: rows, columns: columnCount, threads: 1)
        return try locked { booster throws(TreeEnsembleError) in try booster.contributions(matrix).values }
    }

    private func locked<Value: Sendable>(
        _ body: (borrowing Booster) throws(TreeEnsembleError) -> Value
    ) throws(TreeEnsembleError) -> Value {
        try explaining.withLock { _ throws(TreeEnsembleError) in try body(booster) }
    }
}
