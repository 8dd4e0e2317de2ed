package import MatrixMath

/// The shape of a head: dense layers with GELU between them.
///
/// All its numbers lie end to end, layer by layer: the weight `[outputs, inputs]`, then the bias `[outputs]`.
public struct DenseShape: Sendable, Hashable {
    /// The width of the input, of what each layer gives, and last of the logits.
    public let widths: [Int]

    public init(widths: [Int]) {
        precondition(widths.count >= 2 && widths.allSatisfy { $0 > 0 }, "a head of widths \(widths)")
        self.widths = widths
    }

    public var inputs: Int { widths[0] }
    public var outputs: Int { widths[widths.count - 1] }
    public var layerCount: Int { widths.count - 1 }

    public var parameterCount: Int { weightRange(layerCount).lowerBound }

    /// Where a layer's weight lies; for the layer after the last one, an empty range at the end.
    public func weightRange(_ layer: Int) -> Range<Int> {
        let start = (0..<layer).reduce(0) { $0 + widths[$1 + 1] * (widths[$1] + 1) }
        return start..<start + (layer < layerCount ? widths[layer + 1] * widths[layer] : 0)
    }

    /// Where a layer's bias lies.
    public func biasRange(_ layer: Int) -> Range<Int> {
        let start = weightRange(layer).upperBound
        return start..<start + widths[layer + 1]
    }

    func weight(_ layer: Int, in parameters: UnsafePointer<Float>) -> MatrixView {
        MatrixView(parameters + weightRange(layer).lowerBound, rows: widths[layer + 1], columns: widths[layer])
    }
}

/// What a head's forward pass leaves behind for the backward pass.
package final class DenseTape {
    private let arena = FloatArena()
    let rows: Int
    /// What each layer gets, after dropout, `[rows, inputs]`; last the logits.
    let inputs: [MutableMatrixView]
    /// What each layer gives before GELU, `[rows, outputs]`; not for the last layer.
    let sums: [MutableMatrixView]

    package init(_ shape: DenseShape, rows: Int) {
        self.rows = rows
        let arena = self.arena
        func matrix(_ columns: Int) -> MutableMatrixView {
            MutableMatrixView(arena.allocate(rows * columns), rows: rows, columns: columns)
        }
        inputs = shape.widths.map(matrix)
        sums = shape.widths.dropFirst().dropLast().map(matrix)
    }

    /// Where a caller puts the rows, `[rows, inputs]`.
    package var input: MutableMatrixView { inputs[0] }
    /// `[rows, outputs]`.
    package var logits: MutableMatrixView { inputs[inputs.count - 1] }
}

extension DenseShape {
    /// Computes the logits of the rows in `tape.input`.
    ///
    /// - Parameters:
    ///   - parameters: `[parameterCount]`.
    ///   - dropout: what to drop of each layer's input.
    package func forward(
        _ parameters: UnsafePointer<Float>, tape: DenseTape, dropout: (_ layer: Int) -> Dropout = { _ in .none }
    ) {
        for layer in 0..<layerCount {
            dropout(layer).apply(tape.inputs[layer])
            let isLast = layer == layerCount - 1
            let sum = isLast ? tape.logits : tape.sums[layer]
            fill(sum, rows: parameters + biasRange(layer).lowerBound)
            multiply(
                MatrixView(tape.inputs[layer]), transposed: weight(layer, in: parameters), into: sum, keep: 1)
            if !isLast {
                let next = tape.inputs[layer + 1]
                next.base.update(from: sum.base, count: sum.rows * sum.columns)
                applyGELU(next)
            }
        }
    }

    /// Takes the gradient of the logits back through the head.
    ///
    /// - Parameters:
    ///   - logits: the loss's derivative by the logits, `[rows, outputs]`.
    ///   - dropout: that of the forward pass.
    ///   - gradient: `[parameterCount]`; the loss's derivative by the parameters is added to it. Nil leaves it out.
    ///   - input: `[rows, inputs]`; overwritten with the loss's derivative by the rows.
    package func backward(
        _ parameters: UnsafePointer<Float>, tape: DenseTape, logits: MutableMatrixView,
        dropout: (_ layer: Int) -> Dropout = { _ in .none }, gradient: UnsafeMutablePointer<Float>?,
        input: MutableMatrixView
    ) {
        let arena = FloatArena()
        var above = logits
        for layer in (0..<layerCount).reversed() {
            if let gradient {
                let weight = MutableMatrixView(
                    gradient + weightRange(layer).lowerBound, rows: widths[layer + 1], columns: widths[layer])
                multiply(transposed: MatrixView(above), MatrixView(tape.inputs[layer]), into: weight, keep: 1)
                let bias = gradient + biasRange(layer).lowerBound
                for row in 0..<above.rows { for column in 0..<above.columns { bias[column] += above[row][column] } }
            }
            let below =
                layer == 0
                ? input
                : MutableMatrixView(
                    arena.allocate(tape.rows * widths[layer]), rows: tape.rows, columns: widths[layer])
            multiply(MatrixView(above), weight(layer, in: parameters), into: below)
            dropout(layer).apply(below)
            if layer > 0 { backThroughGELU(below, input: MatrixView(tape.sums[layer - 1])) }
            above = below
        }
    }
}
