internal import CVectorKernels

/// What is done to the product of a linear layer before it is written.
public enum LinearFinish {
    case bias
    case biasAndGELU
    /// Adds a matrix of the output's shape as well; it may be the output.
    case biasAndResidual(MatrixView)
}

// Everything is written in `init` and only read afterwards.
/// A linear layer, `x · weightᵀ + bias`, whose weights are 8-bit integers, each output's with a scale of its own.
public final class QuantizedLinear: @unchecked Sendable {
    private let layer: tocsin_int8_linear
    public var inputs: Int { layer.inputs }
    public var outputs: Int { layer.outputs }

    /// The most inputs that a layer may compute in single precision.
    public static let mostLargeInputs = TOCSIN_INT8_MOST_LARGE_INPUTS

    /// The inputs that are computed in single precision, ascending.
    var largeInputs: [Int] {
        withUnsafeBytes(of: layer.large.inputs) { Array($0.bindMemory(to: Int.self).prefix(layer.large.count)) }
    }

    /// Quantises and packs a layer's weights.
    ///
    /// - Parameters:
    ///   - weight: `[outputs, inputs]`; not kept.
    ///   - bias: `[outputs]`; not kept.
    ///   - inputs: what the layer's inputs are like; nil rounds each weight to the nearest integer, and none stays in
    ///     single precision.
    public init(weight: MatrixView, bias: UnsafePointer<Float>, inputs statistics: InputStatistics? = nil) {
        let largeInputs = statistics?.largeInputs ?? []
        precondition(
            largeInputs.count <= Self.mostLargeInputs && largeInputs.allSatisfy { 0..<weight.columns ~= $0 },
            "large inputs \(largeInputs) of \(weight.columns), at most \(Self.mostLargeInputs) are possible")
        let outputs = tocsin_int8_padded_outputs(weight.rows)
        let count = outputs * tocsin_int8_padded_inputs(weight.columns)
        let weights = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 64)
        var layer = tocsin_int8_linear(
            outputs: weight.rows, inputs: weight.columns,
            weights: weights.bindMemory(to: Int8.self).baseAddress, scales: .allocate(capacity: outputs),
            sums: .allocate(capacity: outputs), bias: .allocate(capacity: outputs),
            large: tocsin_int8_large_inputs(),
            large_weights: .allocate(capacity: max(largeInputs.count * outputs, 1)))
        layer.large.count = largeInputs.count
        withUnsafeMutableBytes(of: &layer.large.inputs) { inputs in
            for (index, input) in largeInputs.enumerated() { inputs.bindMemory(to: Int.self)[index] = input }
        }
        var scaled = [Float](repeating: 0, count: weight.rows * weight.columns)
        scaled.withUnsafeMutableBufferPointer { scaled in
            guard let base = scaled.baseAddress else { return }
            tocsin_int8_scale(weight.base, weight.stride, &layer, base)
            for (index, block) in InputStatistics.blocks(of: weight.columns).enumerated() {
                tocsin_int8_round(
                    base + block.lowerBound, weight.columns, weight.rows, block.count, statistics?.feedback[index])
            }
            tocsin_int8_pack(base, bias, &layer)
        }
        self.layer = layer
    }

    deinit {
        layer.weights.deallocate()
        layer.scales.deallocate()
        layer.sums.deallocate()
        layer.bias.deallocate()
        layer.large_weights.deallocate()
    }

    /// Computes the layer for some rows: as many as stay in the second-level cache while all weights pass by, some
    /// fifty, are fastest.
    ///
    /// - Parameters:
    ///   - input: `[rows, inputs]`.
    ///   - output: `[rows, outputs]`; overwritten.
    ///   - columns: the outputs that are computed, all where nil; they begin at a multiple of ``outputsTogether``, and end at
    ///     one or at the last output.
    public func apply(
        _ input: QuantizedRows, _ finish: LinearFinish, into output: MutableMatrixView, columns: Range<Int>? = nil,
        kernel: Int8Kernel = .best
    ) {
        let columns = columns ?? 0..<outputs
        precondition(
            input.columns == inputs && output.rows == input.rows && output.columns == outputs,
            "[\(input.rows), \(input.columns)] · [\(outputs), \(inputs)]ᵀ is not [\(output.rows), \(output.columns)]")
        precondition(
            columns.lowerBound % Self.outputsTogether == 0 && columns.upperBound <= outputs
                && (columns.upperBound == outputs || columns.upperBound % Self.outputsTogether == 0),
            "columns \(columns) of \(outputs) do not begin and end at multiples of \(Self.outputsTogether)")
        var code = TOCSIN_INT8_ADD_BIAS
        var residual = MatrixView(output)
        switch finish {
        case .bias: break
        case .biasAndGELU: code = TOCSIN_INT8_ADD_BIAS_GELU
        case .biasAndResidual(let matrix):
            precondition(
                matrix.rows == output.rows && matrix.columns == output.columns,
                "a residual of [\(matrix.rows), \(matrix.columns)] for [\(output.rows), \(output.columns)]")
            code = TOCSIN_INT8_ADD_BIAS_RESIDUAL
            residual = matrix
        }
        withUnsafePointer(to: layer) {
            tocsin_int8_product(
                kernel.code, input.storage, input.rows, $0, code, columns.lowerBound, columns.upperBound, residual.base,
                residual.stride, output.base, output.stride)
        }
    }

    func withLargeInputs(_ body: (UnsafePointer<tocsin_int8_large_inputs>) -> Void) {
        withUnsafePointer(to: layer.large, body)
    }

    /// The integers `Σ a·w` of each row and output, before scales: `[rows, outputs]`, equal for all kernels.
    func integerSums(_ input: QuantizedRows, kernel: Int8Kernel) -> [Int32] {
        let depth = tocsin_int8_padded_inputs(inputs)
        var sums = [Int32](repeating: 0, count: input.rows * outputs)
        var panel = [Int32](repeating: 0, count: input.rows * Self.outputsTogether)
        for first in stride(from: 0, to: outputs, by: Self.outputsTogether) {
            tocsin_int8_sums(
                kernel.code, input.storage.values, input.rows, layer.weights + first * depth, depth, &panel)
            for row in 0..<input.rows {
                for column in first..<min(first + Self.outputsTogether, outputs) {
                    sums[row * outputs + column] = panel[row * Self.outputsTogether + column - first]
                }
            }
        }
        return sums
    }

    /// Outputs that are computed together.
    public static let outputsTogether = TOCSIN_INT8_OUTPUTS_TOGETHER
    private static let panelWidth = 16

    /// The weights as integers, `[outputs, inputs]`, and their scales: what the packed layout stands for.
    var integerWeights: (values: [Int8], scales: [Float]) {
        let depth = tocsin_int8_padded_inputs(inputs)
        var values: [Int8] = []
        for output in 0..<outputs {
            let panel = layer.weights + output / Self.panelWidth * Self.panelWidth * depth
            for input in 0..<inputs {
                values.append(panel[input / 4 * 4 * Self.panelWidth + output % Self.panelWidth * 4 + input % 4])
            }
        }
        return (values, Array(UnsafeBufferPointer(start: layer.scales, count: outputs)))
    }
}
