import CVectorKernels
import Testing
import TileShapes

@Suite("Products of few rows with registers of other widths than this CPU's")
struct FewRowsShapesTests {
    private typealias Product = (
        UnsafePointer<Float>?, Int, UnsafePointer<Float>?, Int, Int, UnsafeMutablePointer<Float>?
    ) -> Void

    private func check(_ product: Product, rows: Int, outputs: Int, inputs: Int) {
        var random = RecordedRandom(seed: 5)
        let a = random.floats(rows * inputs)
        let weight = random.floats(outputs * inputs)
        let before = random.floats(rows * outputs)
        var expected = before
        tocsin_add_few_rows(a, inputs, rows, weight, inputs, outputs, inputs, &expected, outputs)
        var found = before
        product(a, rows, weight, outputs, inputs, &found)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    private static let shapes = [(1, 1, 1), (7, 33, 200), (13, 64, 192), (61, 70, 400), (128, 9, 772)]

    @Test("four floats", arguments: shapes)
    func four(rows: Int, outputs: Int, inputs: Int) {
        check(few_rows_by_four, rows: rows, outputs: outputs, inputs: inputs)
    }

    @Test("sixteen floats, as AVX-512's", arguments: shapes)
    func sixteen(rows: Int, outputs: Int, inputs: Int) {
        check(few_rows_by_sixteen, rows: rows, outputs: outputs, inputs: inputs)
    }
}
