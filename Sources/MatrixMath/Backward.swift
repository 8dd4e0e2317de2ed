internal import CVectorKernels

// Derivatives, each in place: what was the loss's derivative by a function's output becomes that by its input.

/// Takes a gradient back through GELU.
///
/// - Parameters:
///   - gradient: `[rows, columns]`.
///   - input: what GELU was applied to, `[rows, columns]`.
public func backThroughGELU(_ gradient: MutableMatrixView, input: MatrixView) {
    requireSameShape(gradient, input)
    tocsin_gelu_backward(
        gradient.base, gradient.stride, input.base, input.stride, gradient.rows, gradient.columns)
}

/// Takes a gradient back through a softmax over rows.
///
/// - Parameters:
///   - gradient: `[rows, columns]`.
///   - output: what the softmax gave, `[rows, columns]`.
public func backThroughSoftmax(_ gradient: MutableMatrixView, output: MatrixView) {
    requireSameShape(gradient, output)
    tocsin_softmax_backward(
        gradient.base, gradient.stride, output.base, output.stride, gradient.rows, gradient.columns)
}

extension LayerNorm {
    /// Takes a gradient back through the normalisation, whose weight and bias are constants.
    ///
    /// - Parameters:
    ///   - gradient: `[rows, columns]`.
    ///   - input: what was normalised, `[rows, columns]`.
    public func applyBackward(_ gradient: MutableMatrixView, input: MatrixView) {
        requireSameShape(gradient, input)
        tocsin_layer_norm_backward(
            gradient.base, gradient.stride, input.base, input.stride, gradient.rows, gradient.columns, weight, epsilon)
    }
}

/// Which components of a matrix are dropped while a network learns, so that it does not rely on any of them.
///
/// The same seed drops the same places, so that a gradient passes through the mask of the forward pass again. Its own
/// derivative is itself. Srivastava et al., "Dropout", JMLR 2014.
public struct Dropout: Sendable, Hashable {
    /// The probability of a component to be dropped, 0 or more and below 1; the others are divided by `1 - rate`.
    public let rate: Float
    public let seed: UInt32

    public init(rate: Float, seed: UInt32) {
        precondition(0 <= rate && rate < 1, "dropout of \(rate), expected 0 or more and below 1")
        self.rate = rate
        self.seed = seed
    }

    /// Drops nothing.
    public static let none = Dropout(rate: 0, seed: 0)

    /// Drops components of a matrix in place.
    public func apply(_ matrix: MutableMatrixView) {
        guard rate > 0 else { return }
        tocsin_drop_and_add(matrix.base, matrix.stride, nil, 0, matrix.rows, matrix.columns, rate, seed)
    }

    /// Computes `branch = dropped(branch) + residual`.
    public func apply(_ branch: MutableMatrixView, adding residual: MatrixView) {
        requireSameShape(branch, residual)
        tocsin_drop_and_add(
            branch.base, branch.stride, residual.base, residual.stride, branch.rows, branch.columns, rate, seed)
    }
}

private func requireSameShape(_ a: MutableMatrixView, _ b: MatrixView) {
    precondition(
        a.rows == b.rows && a.columns == b.columns, "[\(a.rows), \(a.columns)] is not [\(b.rows), \(b.columns)]")
}
