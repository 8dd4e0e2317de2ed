internal import CVectorKernels

/// Scale and shift of a layer normalisation over rows of one width.
public struct LayerNorm {
    /// `[columns]`.
    public let weight: UnsafePointer<Float>
    /// `[columns]`.
    public let bias: UnsafePointer<Float>
    /// Added to the variance.
    public let epsilon: Float

    public init(weight: UnsafePointer<Float>, bias: UnsafePointer<Float>, epsilon: Float) {
        self.weight = weight
        self.bias = bias
        self.epsilon = epsilon
    }

    /// Computes `(row - mean) / √(variance + epsilon) · weight + bias` for each row, in place.
    ///
    /// - Parameter matrix: `[rows, columns]`.
    public func apply(_ matrix: MutableMatrixView) {
        tocsin_layer_norm(matrix.base, matrix.stride, matrix.rows, matrix.columns, weight, bias, epsilon)
    }
}
