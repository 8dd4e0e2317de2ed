internal import CXGBoost

/// Owns one `BoosterHandle` and frees it once, when the value dies.
///
/// Not safe to share while anything but an in-place prediction runs: `TreeEnsemble` sees to that.
struct Booster: ~Copyable {
    private let handle: BoosterHandle

    /// An empty booster that knows the matrices it will be trained and measured on.
    init(matrices: [DMatrixHandle?] = []) throws(TreeEnsembleError) {
        var created: BoosterHandle?
        try check(XGBoosterCreate(matrices, bst_ulong(matrices.count), &created), "making a booster")
        guard let created else { throw .library(operation: "making a booster", reason: "no booster came back") }
        handle = created
    }

    deinit { XGBoosterFree(handle) }

    borrowing func set(_ name: String, _ value: String) throws(TreeEnsembleError) {
        try check(XGBoosterSetParam(handle, name, value), "setting \(name) to \(value)")
    }

    borrowing func update(round: Int, training: borrowing Matrix) throws(TreeEnsembleError) {
        try check(XGBoosterUpdateOneIter(handle, CInt(round), training.handle), "round \(round) of training")
    }

    /// The metric's value on a matrix, such as the log loss.
    borrowing func evaluate(round: Int, on matrix: borrowing Matrix) throws(TreeEnsembleError) -> Double {
        var text: UnsafePointer<CChar>?
        var matrices: [DMatrixHandle?] = [matrix.handle]
        let status = "held".withCString { name in
            var names: [UnsafePointer<CChar>?] = [name]
            return XGBoosterEvalOneIter(handle, CInt(round), &matrices, &names, 1, &text)
        }
        try check(status, "measuring round \(round)")
        // `[12]<TAB>held-mlogloss:0.53`
        guard let text, let value = String(cString: text).split(separator: ":").last.flatMap({ Double($0) }) else {
            throw .library(operation: "measuring round \(round)", reason: "no number came back")
        }
        return value
    }

    /// The model in XGBoost's own universal binary JSON, which every XGBoost since 1.6 loads.
    borrowing func serialized() throws(TreeEnsembleError) -> [UInt8] {
        var length: bst_ulong = 0
        var bytes: UnsafePointer<CChar>?
        try check(XGBoosterSaveModelToBuffer(handle, #"{"format": "ubj"}"#, &length, &bytes), "saving the model")
        // The buffer belongs to the booster and lives until its next call.
        return UnsafeRawBufferPointer(start: bytes, count: Int(length)).map { $0 }
    }

    borrowing func load(_ model: [UInt8]) throws(TreeEnsembleError) {
        if let place = UBJSONScanner.damage(in: model) {
            throw .library(
                operation: "loading a model",
                reason: "it is cut off or damaged at byte \(place) of \(model.count); fetch or train it again")
        }
        try check(XGBoosterLoadModelFromBuffer(handle, model, bst_ulong(model.count)), "loading a model")
    }

    borrowing func columnCount() throws(TreeEnsembleError) -> Int {
        var count: bst_ulong = 0
        try check(XGBoosterGetNumFeature(handle, &count), "reading the number of columns")
        return Int(count)
    }

    /// Margins `[rows, classes]` straight from the caller's memory: no copy, no cache, safe on many threads at once.
    borrowing func margins(
        values: [Float], columns: Int, rounds: Range<Int>
    ) throws(TreeEnsembleError) -> (values: [Float], shape: [Int]) {
        try values.withUnsafeBufferPointer { buffer throws(TreeEnsembleError) in
            let address = UInt(bitPattern: buffer.baseAddress)
            let array = """
                {"data": [\(address), true], "shape": [\(buffer.count / columns), \(columns)], \
                "typestr": "<f4", "version": 3}
                """
            let config = """
                {"type": 1, "iteration_begin": \(rounds.lowerBound), "iteration_end": \(rounds.upperBound), \
                "strict_shape": true, "missing": NaN, "cache_id": 0}
                """
            var shape: UnsafePointer<bst_ulong>?
            var dimensions: bst_ulong = 0
            var result: UnsafePointer<Float>?
            let status = XGBoosterPredictFromDense(handle, array, config, nil, &shape, &dimensions, &result)
            try check(status, "predicting")
            return copy(result, shape: shape, dimensions: dimensions)
        }
    }

    /// Exact SHAP values `[rows, classes, columns + 1]`, the bias last.
    borrowing func contributions(_ matrix: borrowing Matrix) throws(TreeEnsembleError) -> (
        values: [Float], shape: [Int]
    ) {
        let config =
            #"{"type": 2, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": true}"#
        var shape: UnsafePointer<bst_ulong>?
        var dimensions: bst_ulong = 0
        var result: UnsafePointer<Float>?
        let status = XGBoosterPredictFromDMatrix(handle, matrix.handle, config, &shape, &dimensions, &result)
        try check(status, "explaining")
        return copy(result, shape: shape, dimensions: dimensions)
    }

    /// Copies a result out of libxgboost's buffer, which belongs to this thread and lives until its next call.
    private borrowing func copy(
        _ result: UnsafePointer<Float>?, shape: UnsafePointer<bst_ulong>?, dimensions: bst_ulong
    ) -> (values: [Float], shape: [Int]) {
        let shape = UnsafeBufferPointer(start: shape, count: Int(dimensions)).map { Int($0) }
        return (Array(UnsafeBufferPointer(start: result, count: shape.reduce(1, *))), shape)
    }
}
