import CVectorKernels
import Testing
import TileShapes

@Suite("The 8-bit tiles of CPUs that this one may not be, their instruction spelled out")
struct Int8TileShapesTests {
    private typealias Tile = (
        UnsafePointer<UInt8>?, Int, UnsafePointer<Int8>?, Int, UnsafeMutablePointer<Int32>?
    ) -> Void

    private func check(_ tile: Tile, maxRows: Int, depth: Int) {
        let rows = (0..<maxRows * depth).map { UInt8(truncatingIfNeeded: $0 &* 149 &+ 255) }
        let panel = (0..<16 * depth).map { Int8(truncatingIfNeeded: $0 &* 91 &- 128) }
        for count in 1...maxRows {
            var expected = [Int32](repeating: 0, count: count * 16)
            tocsin_int8_panel_sums(TOCSIN_INT8_PORTABLE, rows, count, panel, depth, &expected)
            var found = [Int32](repeating: -1, count: maxRows * 16)
            tile(rows, count, panel, depth, &found)
            #expect(found.prefix(count * 16).elementsEqual(expected), "of \(count) rows")
        }
    }

    @Test("AVX-VNNI's", arguments: [8, 24, 384])
    func eightLanes(depth: Int) { check(int8_tile_of_8_lanes, maxRows: 6, depth: depth) }

    @Test("AVX-512 VNNI's", arguments: [8, 24, 384])
    func sixteenLanes(depth: Int) { check(int8_tile_of_16_lanes, maxRows: 12, depth: depth) }
}
