/// A row-major matrix in memory that someone else owns, possibly a part of the columns of a wider one.
public struct MatrixView {
    public let base: UnsafePointer<Float>
    public let rows: Int
    public let columns: Int
    /// Floats from the start of one row to the next; at least `columns`.
    public let stride: Int

    /// - Parameter stride: `columns` where nil.
    public init(_ base: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
        self.base = base
        self.rows = rows
        self.columns = columns
        self.stride = stride ?? columns
        precondition(self.stride >= columns, "rows of \(columns) columns overlap at stride \(self.stride)")
    }

    /// Some of the rows.
    public subscript(rows: Range<Int>) -> MatrixView {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= self.rows, "rows \(rows) of \(self.rows)")
        return MatrixView(base + rows.lowerBound * stride, rows: rows.count, columns: columns, stride: stride)
    }

    /// Some of the columns.
    public subscript(columns columns: Range<Int>) -> MatrixView {
        precondition(
            columns.lowerBound >= 0 && columns.upperBound <= self.columns, "columns \(columns) of \(self.columns)")
        return MatrixView(base + columns.lowerBound, rows: rows, columns: columns.count, stride: stride)
    }
}

/// The same, writable.
public struct MutableMatrixView {
    public let base: UnsafeMutablePointer<Float>
    public let rows: Int
    public let columns: Int
    /// Floats from the start of one row to the next; at least `columns`.
    public let stride: Int

    /// - Parameter stride: `columns` where nil.
    public init(_ base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
        self.base = base
        self.rows = rows
        self.columns = columns
        self.stride = stride ?? columns
        precondition(self.stride >= columns, "rows of \(columns) columns overlap at stride \(self.stride)")
    }

    public subscript(row: Int) -> UnsafeMutablePointer<Float> { base + row * stride }

    /// Some of the rows.
    public subscript(rows: Range<Int>) -> MutableMatrixView {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= self.rows, "rows \(rows) of \(self.rows)")
        return MutableMatrixView(base + rows.lowerBound * stride, rows: rows.count, columns: columns, stride: stride)
    }

    /// Some of the columns.
    public subscript(columns columns: Range<Int>) -> MutableMatrixView {
        precondition(
            columns.lowerBound >= 0 && columns.upperBound <= self.columns, "columns \(columns) of \(self.columns)")
        return MutableMatrixView(base + columns.lowerBound, rows: rows, columns: columns.count, stride: stride)
    }
}

extension MatrixView {
    public init(_ matrix: MutableMatrixView) {
        self.init(matrix.base, rows: matrix.rows, columns: matrix.columns, stride: matrix.stride)
    }
}
