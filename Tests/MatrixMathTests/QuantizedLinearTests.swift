import Testing

@testable import MatrixMath

@Suite("A linear layer in 8-bit integers")
struct QuantizedLinearTests {
    /// Rows, outputs and inputs: odd ones, those of one row, and the encoders' own.
    static let shapes = [
        (1, 1, 1), (3, 5, 7), (5, 17, 24), (13, 33, 61), (48, 48, 384), (7, 32, 1536), (25, 16, 3072),
    ]

    /// - Parameter layer: that the rows are for; nil is one without large inputs.
    private func quantized(_ values: [Float], rows: Int, columns: Int, for layer: QuantizedLinear? = nil)
        -> QuantizedRows
    {
        let result = QuantizedRows(maxRows: rows, maxColumns: columns)
        let layer = layer ?? self.layer([Float](repeating: 1, count: columns), bias: [0])
        values.withUnsafeBufferPointer {
            result.quantize(MatrixView($0.baseAddress!, rows: rows, columns: columns), for: layer)
        }
        return result
    }

    private func layer(_ weight: [Float], bias: [Float], inputs: InputStatistics? = nil) -> QuantizedLinear {
        QuantizedLinear(
            weight: MatrixView(weight, rows: bias.count, columns: weight.count / bias.count), bias: bias,
            inputs: inputs)
    }

    private func apply(
        _ layer: QuantizedLinear, _ rows: QuantizedRows, _ finish: LinearFinish,
        kernel: Int8Kernel = .best
    ) -> [Float] {
        var output = [Float](repeating: .nan, count: rows.rows * layer.outputs)
        output.withUnsafeMutableBufferPointer {
            layer.apply(
                rows, finish, into: MutableMatrixView($0.baseAddress!, rows: rows.rows, columns: layer.outputs),
                kernel: kernel)
        }
        return output
    }

    @Test("every kernel that this CPU has gives the textbook's integers", arguments: shapes)
    func kernelsAgree(rows: Int, outputs: Int, inputs: Int) {
        var random = RecordedRandom(seed: 11)
        let input = quantized(random.floats(rows * inputs), rows: rows, columns: inputs)
        let layer = layer(random.floats(outputs * inputs), bias: random.floats(outputs))
        let weights = layer.integerWeights.values
        let activations = input.integers
        let expected = (0..<rows * outputs).map { index in
            (0..<inputs).reduce(Int32(0)) {
                $0 + Int32(activations[index / outputs * inputs + $1]) * Int32(weights[index % outputs * inputs + $1])
            }
        }
        for kernel in Int8Kernel.allCases where kernel.isSupported {
            #expect(layer.integerSums(input, kernel: kernel) == expected, "by \(kernel.rawValue)")
        }
    }

    @Test("columns that are computed apart are those of the whole, and no other is written")
    func columns() {
        var random = RecordedRandom(seed: 5)
        let (rows, outputs, inputs) = (7, 85, 40)
        let input = quantized(random.floats(rows * inputs), rows: rows, columns: inputs)
        let layer = layer(random.floats(outputs * inputs), bias: random.floats(outputs))
        let whole = apply(layer, input, .biasAndGELU)
        for columns in [0..<32, 32..<64, 64..<85, 32..<32, 32..<85] {
            var part = [Float](repeating: .infinity, count: rows * outputs)
            part.withUnsafeMutableBufferPointer {
                layer.apply(
                    input, .biasAndGELU, into: MutableMatrixView($0.baseAddress!, rows: rows, columns: outputs),
                    columns: columns)
            }
            for (index, value) in part.enumerated() {
                #expect(value == (columns.contains(index % outputs) ? whole[index] : .infinity))
            }
        }
    }

    @Test("no rows give no output")
    func noRows() {
        let layer = layer([1, 2, 3, 4], bias: [0, 0])
        var output: [Float] = [7, 7]
        output.withUnsafeMutableBufferPointer {
            layer.apply(
                quantized([0, 0], rows: 0, columns: 2, for: layer), .bias,
                into: MutableMatrixView($0.baseAddress!, rows: 0, columns: 2))
        }
        #expect(output == [7, 7])
    }

    @Test("kernels that this CPU lacks are named")
    func missingKernels() {
        let missing = Int8Kernel.allCases.filter { !$0.isSupported }
        if !missing.isEmpty {
            print("SKIPPED: 8-bit kernels that this CPU cannot run: \(missing.map(\.rawValue).joined(separator: ", "))")
        }
        #expect(Int8Kernel.portable.isSupported && Int8Kernel.best.isSupported)
    }

    @Test("the worst activations and weights overflow no kernel", arguments: [8, 384, 3072])
    func extremes(inputs: Int) {
        // Weights of one sign that reach their bound together, and of all signs, under activations of 255.
        for pattern in [[1, 1, 1, 1], [-1, -1, -1, -1], [1, 1, -1, -1], [1, -1, 1, -1], [1, 0, 0, 0]] as [[Float]] {
            let weight = (0..<16 * inputs).map { pattern[$0 % 4] }
            let layer = layer(weight, bias: [Float](repeating: 0, count: 16))
            let input = quantized([Float](repeating: 1, count: inputs), rows: 1, columns: inputs)
            #expect(input.integers.allSatisfy { $0 == 255 })
            let weights = layer.integerWeights.values
            let expected = (0..<16).map { output in
                (0..<inputs).reduce(Int32(0)) { $0 + 255 * Int32(weights[output * inputs + $1]) }
            }
            for kernel in Int8Kernel.allCases where kernel.isSupported {
                #expect(layer.integerSums(input, kernel: kernel) == expected, "by \(kernel.rawValue)")
            }
        }
    }

    @Test("weights whose products are added in 16 bits come to 128 at most for each sign", arguments: [false, true])
    func weightBound(withStatistics: Bool) {
        var random = RecordedRandom(seed: 12)
        let inputs = 384
        let samples = random.floats(40 * inputs)
        let statistics = withStatistics ? InputStatistics(of: MatrixView(samples, rows: 40, columns: inputs)) : nil
        let weights = layer(random.floats(32 * inputs), bias: random.floats(32), inputs: statistics).integerWeights
            .values.map { Int($0) }
        for start in stride(from: 0, to: weights.count, by: 8) {
            for offset in [0, 2] {
                let added = [0, 1, 4, 5].map { weights[start + offset + $0] }
                for sign in [1, -1] { #expect(added.map { max(0, sign * $0) }.reduce(0, +) <= 128) }
            }
        }
    }

    @Test("samples that are no numbers leave weights rounded to the nearest")
    func brokenSamples() {
        var random = RecordedRandom(seed: 17)
        let weight = random.floats(16 * 40)
        let samples = [Float](repeating: .nan, count: 3 * 40)
        let statistics = InputStatistics(of: MatrixView(samples, rows: 3, columns: 40), largeInputs: [])
        let bias = [Float](repeating: 0, count: 16)
        #expect(
            layer(weight, bias: bias, inputs: statistics).integerWeights.values
                == layer(weight, bias: bias).integerWeights.values)
    }

    @Test("over inputs that go together, errors of rounded weights make each other good")
    func correlatedInputs() {
        var random = RecordedRandom(seed: 16)
        let (rows, outputs, inputs, causes) = (300, 24, 768, 12)
        let mixing = random.floats(causes * inputs)
        let samples = (0..<rows).flatMap { _ in
            let row = random.floats(causes)
            return (0..<inputs).map { input in
                (0..<causes).reduce(Float(0)) { $0 + row[$1] * mixing[$1 * inputs + input] }
            }
        }
        let weight = random.floats(outputs * inputs)
        let statistics = InputStatistics(of: MatrixView(samples, rows: rows, columns: inputs), largeInputs: [])
        func error(_ inputsAreKnown: Bool) -> Double {
            let layer = layer(
                weight, bias: [Float](repeating: 0, count: outputs), inputs: inputsAreKnown ? statistics : nil)
            let rounded = layer.integerWeights
            return (0..<rows * outputs).reduce(0) { sum, index in
                let (row, output) = (index / outputs, index % outputs)
                let difference = (0..<inputs).reduce(0.0) {
                    let exact = weight[output * inputs + $1]
                    let found = Float(rounded.values[output * inputs + $1]) * rounded.scales[output]
                    return $0 + Double(samples[row * inputs + $1]) * Double(found - exact)
                }
                return sum + difference * difference
            }
        }
        #expect(error(true) < error(false) / 20)
    }

    @Test("the product is the floats' within the rounding of both sides", arguments: shapes)
    func accuracy(rows: Int, outputs: Int, inputs: Int) {
        var random = RecordedRandom(seed: 13)
        let values = random.floats(rows * inputs)
        let weight = random.floats(outputs * inputs)
        let bias = random.floats(outputs)
        let input = quantized(values, rows: rows, columns: inputs)
        let found = apply(layer(weight, bias: bias), input, .bias)
        let exact = Naive.product(
            rows: rows, columns: outputs, depth: inputs, scale: 1, { values[$0 * inputs + $1] },
            { weight[$1 * inputs + $0] })
        let error = zip(found, exact).enumerated().map { index, pair in
            let difference = Double(pair.0) - pair.1 - Double(bias[index % outputs])
            return difference * difference
        }
        // Both sides are off by up to some 1/100 of their range, at random.
        #expect((error.reduce(0, +) / Double(error.count)).squareRoot() < 0.012 * Double(inputs).squareRoot())
    }

    @Test(
        "large inputs are exact and leave the others their bits",
        arguments: [[0], [3, 60], [5, 1, 2, 40, 63, 7, 8, 62]])
    func largeInputs(large: [Int]) {
        var random = RecordedRandom(seed: 15)
        let (rows, outputs, inputs) = (9, 21, 64)
        let weight = random.floats(outputs * inputs)
        let bias = random.floats(outputs)
        var values = random.floats(rows * inputs)
        for row in 0..<rows { for input in large { values[row * inputs + input] *= 1e4 } }
        let samples = random.floats(100 * inputs)
        let statistics = InputStatistics(of: MatrixView(samples, rows: 100, columns: inputs), largeInputs: large)
        let layer = layer(weight, bias: bias, inputs: statistics)
        #expect(layer.largeInputs == large.sorted())
        let input = quantized(values, rows: rows, columns: inputs, for: layer)
        let exact = Naive.product(
            rows: rows, columns: outputs, depth: inputs, scale: 1, { values[$0 * inputs + $1] },
            { weight[$1 * inputs + $0] })
        let found = apply(layer, input, .bias)
        for (index, value) in exact.enumerated() {
            let difference = abs(Double(found[index]) - value - Double(bias[index % outputs]))
            #expect(difference < 0.2 + 1e-6 * abs(value), "of \(value)")
        }
        for kernel in Int8Kernel.allCases where kernel.isSupported {
            #expect(apply(layer, input, .bias, kernel: kernel) == found, "by \(kernel.rawValue)")
        }
    }

    @Test("GELU and the residual are applied to the product, by every kernel alike")
    func finishes() {
        var random = RecordedRandom(seed: 14)
        let input = quantized(random.floats(7 * 40), rows: 7, columns: 40)
        let layer = layer(random.floats(19 * 40), bias: random.floats(19))
        let plain = apply(layer, input, .bias)
        for (x, y) in zip(plain, apply(layer, input, .biasAndGELU)) {
            #expect(abs(Double(y) - Naive.gelu(x)) < 1e-5)
        }
        let residual = random.floats(7 * 19)
        let added = residual.withUnsafeBufferPointer {
            apply(layer, input, .biasAndResidual(MatrixView($0.baseAddress!, rows: 7, columns: 19)))
        }
        for index in plain.indices { #expect(abs(added[index] - plain[index] - residual[index]) < 1e-5) }
        for kernel in Int8Kernel.allCases where kernel.isSupported {
            #expect(apply(layer, input, .bias, kernel: kernel) == plain)
        }
    }

    @Test("zero is exact, constant rows and rows of zeros survive")
    func quantization() {
        let rows: [[Float]] = [
            [0, 0, 0, 0, 0], [3, 3, 3, 3, 3], [-2, -2, -2, -2, -2], [0, 1, -1, 0.5, 0], [1e-30, 0, 0, 0, 0],
            [1e30, -1e30, 0, 5, 0],
        ]
        let input = quantized(rows.flatMap { $0 }, rows: rows.count, columns: 5)
        for (row, values) in rows.enumerated() {
            let step = ((values.max() ?? 0) - min(0, values.min() ?? 0)) / 255
            for (column, value) in values.enumerated() {
                let found = input.value(row: row, column: column)
                #expect(abs(found - value) <= max(step, abs(value) / 255) * 0.51, "\(value) became \(found)")
                if value == 0 { #expect(found == 0) }
            }
        }
    }
}
