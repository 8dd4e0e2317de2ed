internal import TocsinCore

/// NumPy's file format, version 1.0: a header that is a Python literal, then the numbers.
enum NumPyArray {
    /// Writes all rows as one little-endian float32 array `[rows, dimension]`.
    ///
    /// - Parameter flush: called after each block, with all that is written so far.
    static func write(
        _ blocks: [VectorBlock], to output: inout StandardOutput, flush: (inout StandardOutput) -> Void = { _ in }
    ) {
        let rows = blocks.reduce(0) { $0 + $1.count }
        let shape = "(\(rows), \(blocks.first?.dimension ?? 768))"
        let literal = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
        // The header ends in a line end and fills up to a multiple of 64 bytes, magic number and length included.
        let unpadded = 10 + literal.utf8.count + 1
        let padding = String(repeating: " ", count: (64 - unpadded % 64) % 64)
        let header = Array("\(literal)\(padding)\n".utf8)
        output.write([0x93] + Array("NUMPY".utf8) + [1, 0])
        output.write([UInt8(header.count & 0xFF), UInt8(header.count >> 8)] + header)
        for block in blocks {
            // Swift runs on little-endian machines alone.
            block.values.withUnsafeBytes { output.write($0) }
            flush(&output)
        }
    }
}
