internal import CVectorKernels

/// A matrix whose rows are 8-bit integers, each row with a scale and a zero of its own; its memory is kept from use to
/// use.
public final class QuantizedRows {
    /// The rows that it holds now.
    public private(set) var rows = 0
    public private(set) var columns = 0
    let storage: tocsin_int8_rows
    private let maxRows: Int
    private let maxColumns: Int

    /// Makes room for matrices up to that size.
    public init(maxRows: Int, maxColumns: Int) {
        self.maxRows = maxRows
        self.maxColumns = maxColumns
        let bytes = max(maxRows * tocsin_int8_padded_inputs(maxColumns), 1)
        let values = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 64)
        storage = tocsin_int8_rows(
            values: values.bindMemory(to: UInt8.self).baseAddress,
            scales: .allocate(capacity: maxRows), zeros: .allocate(capacity: maxRows),
            large: .allocate(capacity: max(maxRows * QuantizedLinear.mostLargeInputs, 1)))
    }

    deinit {
        storage.values.deallocate()
        storage.scales.deallocate()
        storage.zeros.deallocate()
        storage.large.deallocate()
    }

    /// Takes the values of `matrix`, each rounded to one of 256 evenly spaced from its row's least to its greatest,
    /// zero among them.
    ///
    /// - Parameter layer: what the rows are for; its large inputs are kept as they are.
    public func quantize(_ matrix: MatrixView, for layer: QuantizedLinear) {
        precondition(
            matrix.rows <= maxRows && matrix.columns <= maxColumns,
            "[\(matrix.rows), \(matrix.columns)] exceeds [\(maxRows), \(maxColumns)]")
        precondition(
            matrix.columns == layer.inputs, "\(matrix.columns) columns for a layer of \(layer.inputs) inputs")
        rows = matrix.rows
        columns = matrix.columns
        layer.withLargeInputs { tocsin_int8_quantize(matrix.base, matrix.stride, rows, columns, $0, storage) }
    }

    /// The integers: `[rows, columns]`.
    var integers: [UInt8] {
        let stride = tocsin_int8_padded_inputs(columns)
        return (0..<rows).flatMap { UnsafeBufferPointer(start: storage.values + $0 * stride, count: columns) }
    }

    /// What an integer stands for.
    func value(row: Int, column: Int) -> Float {
        storage.scales[row] * Float(Int32(integers[row * columns + column]) - storage.zeros[row])
    }
}
