import CVectorKernels
import Testing
import TileShapes

@Suite("The 8-bit tiles of CPUs that this one may not be, their instruction spelled out")
struct Int8TileShapesTests {
    private typealias Tile = (
        UnsafePointer<UInt8>?, Int, UnsafePointer<Int8>?, Int, UnsafeMutablePointer<Int32>?
    ) -> Void

    private func check(_ tile: Tile, outputs: Int, depth: Int) {
        let together = TOCSIN_INT8_OUTPUTS_TOGETHER
        let rows = (0..<6 * depth).map { UInt8(truncatingIfNeeded: $0 &* 149 &+ 255) }
        let panels = (0..<together * depth).map { Int8(truncatingIfNeeded: $0 &* 91 &- 128) }
        for count in 1...6 {
            var expected = [Int32](repeating: 0, count: count * together)
            tocsin_int8_sums(TOCSIN_INT8_PORTABLE, rows, count, panels, depth, &expected)
            var found = [Int32](repeating: -1, count: 6 * outputs)
            tile(rows, count, panels, depth, &found)
            for row in 0..<count {
                #expect(
                    found[row * outputs..<(row + 1) * outputs]
                        .elementsEqual(expected[row * together..<row * together + outputs]), "row \(row) of \(count)")
            }
        }
    }

    @Test("AVX-VNNI's", arguments: [8, 24, 384])
    func eightLanes(depth: Int) { check(int8_tile_of_8_lanes, outputs: 16, depth: depth) }

    @Test("AVX-512 VNNI's", arguments: [8, 24, 384])
    func sixteenLanes(depth: Int) { check(int8_tile_of_16_lanes, outputs: 32, depth: depth) }
}
