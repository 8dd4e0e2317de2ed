internal import MatrixMath

/// A trained head: what turns an embedding, with or without features behind it, into logits.
public struct DenseHead: Sendable, Hashable {
    public let shape: DenseShape
    /// `[shape.parameterCount]`, as ``DenseShape`` orders them.
    public let parameters: [Float]

    public init(_ shape: DenseShape, parameters: [Float]) {
        precondition(
            parameters.count == shape.parameterCount,
            "\(parameters.count) numbers for a head of \(shape.parameterCount)")
        self.shape = shape
        self.parameters = parameters
    }

    /// The logits of rows: `[rows, outputs]`.
    ///
    /// - Parameter rows: `[rows, inputs]`.
    public func logits(_ rows: some Collection<Float>) -> [Float] {
        precondition(
            rows.count.isMultiple(of: shape.inputs), "\(rows.count) numbers are no rows of \(shape.inputs)")
        let count = rows.count / shape.inputs
        guard count > 0 else { return [] }
        let tape = DenseTape(shape, rows: count)
        _ = UnsafeMutableBufferPointer(start: tape.input.base, count: rows.count).update(fromContentsOf: rows)
        parameters.withUnsafeBufferPointer { parameters in
            guard let base = parameters.baseAddress else { return }
            shape.forward(base, tape: tape)
        }
        return Array(UnsafeBufferPointer(start: tape.logits.base, count: count * shape.outputs))
    }
}
