import Testing

@testable import MatrixMath

@Suite("Matrix products")
struct MatrixProductTests {
    static let shapes = [(1, 1, 1), (3, 5, 7), (16, 8, 33), (61, 96, 32)]

    private func check(_ found: [Float], stride: Int, columns: Int, _ expected: [Double]) {
        for (index, value) in expected.enumerated() {
            #expect(abs(Double(found[index / columns * stride + index % columns]) - value) < 1e-4)
        }
    }

    @Test("a · bᵀ, of parts of wider matrices, scaled and added to what is there", arguments: shapes)
    func transposedRight(rows: Int, columns: Int, depth: Int) {
        var random = RecordedRandom(seed: 1)
        let a = random.floats(rows * (depth + 3))
        let b = random.floats(columns * (depth + 1))
        let before = random.floats(rows * (columns + 2))
        var output = before
        output.withUnsafeMutableBufferPointer { output in
            multiply(
                MatrixView(a, rows: rows, columns: depth, stride: depth + 3),
                transposed: MatrixView(b, rows: columns, columns: depth, stride: depth + 1),
                into: MutableMatrixView(output.baseAddress!, rows: rows, columns: columns, stride: columns + 2),
                scale: 0.5, keep: 2)
        }
        var expected = Naive.product(
            rows: rows, columns: columns, depth: depth, scale: 0.5,
            { a[$0 * (depth + 3) + $1] }, { b[$1 * (depth + 1) + $0] })
        for index in expected.indices {
            expected[index] += 2 * Double(before[index / columns * (columns + 2) + index % columns])
        }
        check(output, stride: columns + 2, columns: columns, expected)
        for row in 0..<rows {
            for column in columns..<columns + 2 {
                #expect(output[row * (columns + 2) + column] == before[row * (columns + 2) + column])
            }
        }
    }

    @Test("a · b and aᵀ · b overwrite their output", arguments: shapes)
    func others(rows: Int, columns: Int, depth: Int) {
        var random = RecordedRandom(seed: 2)
        let a = random.floats(rows * depth)
        let b = random.floats(depth * columns)
        var output = [Float](repeating: .nan, count: rows * columns)
        output.withUnsafeMutableBufferPointer { output in
            multiply(
                MatrixView(a, rows: rows, columns: depth), MatrixView(b, rows: depth, columns: columns),
                into: MutableMatrixView(output.baseAddress!, rows: rows, columns: columns))
        }
        check(
            output, stride: columns, columns: columns,
            Naive.product(
                rows: rows, columns: columns, depth: depth, scale: 1, { a[$0 * depth + $1] }, { b[$0 * columns + $1] }))

        output = Array(repeating: .nan, count: rows * columns)
        output.withUnsafeMutableBufferPointer { output in
            multiply(
                transposed: MatrixView(a, rows: depth, columns: rows), MatrixView(b, rows: depth, columns: columns),
                into: MutableMatrixView(output.baseAddress!, rows: rows, columns: columns))
        }
        check(
            output, stride: columns, columns: columns,
            Naive.product(
                rows: rows, columns: columns, depth: depth, scale: 1, { a[$1 * rows + $0] }, { b[$0 * columns + $1] }))
    }
}
