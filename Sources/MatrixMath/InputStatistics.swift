internal import COpenBLAS

/// What a layer's inputs are like, by which its weights are rounded to 8 bits.
///
/// Rounding each weight to the nearest integer leaves errors that add up over correlated inputs. Here each weight's error
/// is made good by the weights of later inputs, as far as these inputs foretell it: GPTQ (Frantar et al., 2023,
/// arXiv:2210.17323).
public struct InputStatistics: Sendable {
    /// The inputs that are many times larger than all others, ascending.
    ///
    /// A row is rounded to 256 values between its least and its greatest, so one such input would cost all others two
    /// bits.
    let largeInputs: [Int]
    /// For each block of inputs `[inputs, inputs]`, above the diagonal what one weight's error takes from a later one.
    let feedback: [[Float]]

    /// Inputs whose weights make good each other's errors; whole hidden states of MiniLM's size.
    static let blockInputs = 384

    /// - Parameter samples: the layer's inputs for some tokens, `[tokens, inputs]`; some thousand tokens of the texts that
    ///   the encoder is for.
    public init(of samples: MatrixView) {
        self.init(of: samples, largeInputs: Self.largestColumns(of: samples))
    }

    /// With large inputs of the caller's choice.
    init(of samples: MatrixView, largeInputs: [Int]) {
        // With threads of its own the library factorises wrongly where several callers do at a time.
        OpenBLAS.threadsPerProduct = 1
        self.largeInputs = largeInputs.sorted()
        feedback = Self.blocks(of: samples.columns).map { block in
            Self.feedback(samples[columns: block], without: largeInputs.map { $0 - block.lowerBound })
        }
    }

    static func blocks(of inputs: Int) -> [Range<Int>] {
        stride(from: 0, to: inputs, by: blockInputs).map { $0..<min($0 + blockInputs, inputs) }
    }

    /// The columns with the largest components, of a narrow matrix no more than an eighth.
    private static func largestColumns(of matrix: MatrixView) -> [Int] {
        var largest = [Float](repeating: 0, count: matrix.columns)
        for row in 0..<matrix.rows {
            let values = matrix.base + row * matrix.stride
            for column in largest.indices { largest[column] = max(largest[column], abs(values[column])) }
        }
        let order = largest.indices.sorted { (largest[$0], $1) > (largest[$1], $0) }
        return Array(order.prefix(min(QuantizedLinear.mostLargeInputs, matrix.columns / 8)))
    }

    /// The rows of U, each divided by its component on the diagonal, where UᵀU is the inverse of the inputs' Gram matrix.
    ///
    /// With the order of inputs reversed, the Gram matrix is L·Lᵀ, and L⁻¹ reversed is U: no inverse of the whole. Where
    /// the samples are not finite numbers, as a broken checkpoint makes them, nothing is made good.
    private static func feedback(_ samples: MatrixView, without largeInputs: [Int]) -> [Float] {
        let count = samples.columns
        var matrix = [Float](unsafeUninitializedCapacity: count * count) { buffer, initialized in
            multiply(
                transposed: samples, samples,
                into: MutableMatrixView(buffer.baseAddress!, rows: count, columns: count))
            initialized = count * count
        }
        for input in largeInputs where 0..<count ~= input {
            for other in 0..<count {
                matrix[input * count + other] = 0
                matrix[other * count + input] = 0
            }
        }
        let trace = (0..<count).reduce(Float(0)) { $0 + matrix[$1 * (count + 1)] }
        let added = max(damping * trace / Float(count), .leastNormalMagnitude)
        for input in 0..<count { matrix[input * (count + 1)] += added }

        matrix.reverse()
        guard invertCholeskyFactor(of: &matrix, order: count), matrix.allSatisfy(\.isFinite) else {
            return [Float](repeating: 0, count: count * count)
        }
        matrix.reverse()
        for input in 0..<count {
            let own = matrix[input * (count + 1)]
            for other in input..<count { matrix[input * count + other] /= own }
        }
        return matrix
    }

    /// What is added to the Gram matrix's diagonal, as a part of its mean: it may be singular, and less would make good what
    /// is peculiar to the samples.
    private static let damping: Float = 0.1

    /// Puts L⁻¹ into the lower triangle of a matrix that is L·Lᵀ and leaves the other one as it was; false where it is not
    /// positive definite.
    private static func invertCholeskyFactor(of matrix: inout [Float], order: Int) -> Bool {
        // What is the lower triangle by rows is the upper one by columns, as LAPACK has it.
        var order = Int32(order)
        var stride = order
        var info: Int32 = 0
        spotrf_("U", &order, &matrix, &stride, &info)
        guard info == 0 else { return false }
        strtri_("U", "N", &order, &matrix, &stride, &info)
        return info == 0
    }
}
