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

    @Test(
        "few rows are added by a kernel of their own, whatever the shape; many by OpenBLAS",
        arguments: shapes + [(4, 64, 384), (13, 33, 192), (61, 70, 400), (128, 9, 772), (129, 9, 33)])
    func fewRows(rows: Int, columns: Int, depth: Int) {
        var random = RecordedRandom(seed: 3)
        let a = random.floats(rows * (depth + 3))
        // Nothing behind the last row: reading on would be seen by the address sanitizer.
        let b = random.floats(columns * depth)
        let before = random.floats(rows * (columns + 2))
        var output = before
        output.withUnsafeMutableBufferPointer { output in
            addProduct(
                MatrixView(a, rows: rows, columns: depth, stride: depth + 3),
                transposed: MatrixView(b, rows: columns, columns: depth),
                into: MutableMatrixView(output.baseAddress!, rows: rows, columns: columns, stride: columns + 2))
        }
        var expected = Naive.product(
            rows: rows, columns: columns, depth: depth, scale: 1, { a[$0 * (depth + 3) + $1] }, { b[$1 * depth + $0] })
        for index in expected.indices {
            expected[index] += Double(before[index / columns * (columns + 2) + index % columns])
        }
        check(output, stride: columns + 2, columns: columns, expected)
        for row in 0..<rows {
            for column in columns..<columns + 2 {
                #expect(output[row * (columns + 2) + column] == before[row * (columns + 2) + column])
            }
        }
    }

    @Test("an output of a product of few rows is the same whichever columns are computed with it, bit for bit")
    func columnsOfFewRows() {
        let (rows, columns, depth) = (7, 48, 96)
        var random = RecordedRandom(seed: 4)
        let a = random.floats(rows * depth)
        let b = random.floats(columns * depth)
        func product(cuts: [Int]) -> [Float] {
            var output = [Float](repeating: 0, count: rows * columns)
            output.withUnsafeMutableBufferPointer { output in
                let whole = MutableMatrixView(output.baseAddress!, rows: rows, columns: columns)
                for (start, end) in zip(cuts, cuts.dropFirst()) {
                    addProduct(
                        MatrixView(a, rows: rows, columns: depth),
                        transposed: MatrixView(b, rows: columns, columns: depth)[start..<end],
                        into: whole[columns: start..<end])
                }
            }
            return output
        }
        #expect(product(cuts: [0, 48]) == product(cuts: [0, 16, 35, 48]))
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
