import Testing

@testable import MatrixMath

@Suite("The kernels between the products")
struct VectorKernelTests {
    /// Runs `body` on a matrix that is cut out of a wider one.
    private func changing(
        _ values: [Float], columns: Int, _ body: (MutableMatrixView) -> Void
    ) -> [Float] {
        let rows = values.count / columns
        var padded: [Float] = []
        for row in 0..<rows { padded += values[row * columns..<(row + 1) * columns] + [7] }
        padded.withUnsafeMutableBufferPointer {
            body(MutableMatrixView($0.baseAddress!, rows: rows, columns: columns, stride: columns + 1))
        }
        return (0..<rows).flatMap { row in
            #expect(padded[row * (columns + 1) + columns] == 7, "a kernel wrote beyond its columns")
            return Array(padded[row * (columns + 1)..<row * (columns + 1) + columns])
        }
    }

    @Test("GELU is exact to 1e-6 over its whole range")
    func gelu() {
        let values = stride(from: Float(-12), through: 12, by: 0.001).map { $0 } + [-1e30, 1e30, 0, -0.0]
        let found = changing(values, columns: values.count) { applyGELU($0) }
        for (x, y) in zip(values, found) {
            #expect(abs(Double(y) - Naive.gelu(x)) <= 1e-6 * max(1, abs(Double(x))), "at \(x)")
        }
    }

    @Test("softmax sums to 1 and is exact to 1e-6, however large the values", arguments: [1, 2, 7, 8, 60, 128])
    func softmax(columns: Int) {
        var random = RecordedRandom(seed: 3)
        for scale in [Float(0.1), 10, 1_000, 1e30] {
            let values = random.floats(columns * 3).map { $0 * scale }
            let found = changing(values, columns: columns) { applySoftmax($0) }
            for row in 0..<3 {
                let part = row * columns..<(row + 1) * columns
                for (x, y) in zip(found[part], Naive.softmax(Array(values[part]))) {
                    #expect(abs(Double(x) - y) < 1e-6)
                }
                #expect(abs(found[part].reduce(0, +) - 1) < 1e-5)
            }
        }
    }

    @Test("layer normalisation survives a mean far from zero", arguments: [1, 5, 384, 768])
    func layerNorm(columns: Int) {
        var random = RecordedRandom(seed: 4)
        let weight = random.floats(columns)
        let bias = random.floats(columns)
        let values = random.floats(columns * 2).map { $0 + 100 }
        let found = weight.withUnsafeBufferPointer { weight in
            bias.withUnsafeBufferPointer { bias in
                changing(values, columns: columns) {
                    LayerNorm(weight: weight.baseAddress!, bias: bias.baseAddress!, epsilon: 1e-12).apply($0)
                }
            }
        }
        for row in 0..<2 {
            let part = row * columns..<(row + 1) * columns
            let expected = Naive.layerNorm(Array(values[part]), weight: weight, bias: bias, epsilon: 1e-12)
            for (x, y) in zip(found[part], expected) { #expect(abs(Double(x) - y) < 1e-3) }
        }
    }

    @Test("rows are filled, added and averaged")
    func rows() {
        let row: [Float] = [1, 2, 3]
        row.withUnsafeBufferPointer { row in
            #expect(
                changing([9, 9, 9, 9, 9, 9], columns: 3) { fill($0, rows: row.baseAddress!) } == [1, 2, 3, 1, 2, 3])
            #expect(
                changing([1, 1, 1, 5, 5, 5], columns: 3) { add(MatrixView($0), row: row.baseAddress!, into: $0) }
                    == [2, 3, 4, 6, 7, 8])
        }
        var average = [Float](repeating: .nan, count: 2)
        average.withUnsafeMutableBufferPointer {
            mean(ofRows: MatrixView([1, 10, 3, 20, 5, 60] as [Float], rows: 3, columns: 2), into: $0.baseAddress!)
        }
        #expect(average == [3, 30])
    }

    @Test(
        "attention is the textbook's", arguments: [1, 2, 3, 4, 5, 15, 16, 17, 60, 128],
        [(2, 8), (3, 12), (2, 32), (1, 64)])
    func attention(tokens: Int, shape: (heads: Int, size: Int)) {
        let width = shape.heads * shape.size
        var random = RecordedRandom(seed: 5)
        let input = random.floats(tokens * 3 * width).map { $0 * 3 }
        var context = [Float](repeating: .nan, count: tokens * width)
        let attention = Attention(headCount: shape.heads, headSize: shape.size)
        var scratch = [Float](repeating: .nan, count: attention.scratchCount(tokens: tokens))
        input.withUnsafeBufferPointer { input in
            context.withUnsafeMutableBufferPointer { context in
                scratch.withUnsafeMutableBufferPointer { scratch in
                    attention.apply(
                        MatrixView(input.baseAddress!, rows: tokens, columns: 3 * width),
                        scratch: scratch.baseAddress!,
                        into: MutableMatrixView(context.baseAddress!, rows: tokens, columns: width))
                }
            }
        }
        for head in 0..<shape.heads {
            func part(_ index: Int, _ token: Int, _ component: Int) -> Float {
                input[token * 3 * width + index * width + head * shape.size + component]
            }
            let scores = Naive.product(
                rows: tokens, columns: tokens, depth: shape.size, scale: 1 / Double(shape.size).squareRoot(),
                { part(0, $0, $1) }, { part(1, $1, $0) })
            for token in 0..<tokens {
                let weights = Naive.softmax(scores[token * tokens..<(token + 1) * tokens].map { Float($0) })
                for component in 0..<shape.size {
                    let expected = (0..<tokens).reduce(0.0) { $0 + weights[$1] * Double(part(2, $1, component)) }
                    #expect(abs(Double(context[token * width + head * shape.size + component]) - expected) < 1e-4)
                }
            }
        }
    }
}
