/// Writes protobuf's wire format by hand, so that tests can send what no encoder would.
enum WireBytes {
    static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    static func number(_ field: UInt64, _ value: UInt64) -> [UInt8] { varint(field << 3) + varint(value) }

    static func bytes(_ field: UInt64, _ value: [UInt8]) -> [UInt8] {
        varint(field << 3 | 2) + varint(UInt64(value.count)) + value
    }

    static func text(_ field: UInt64, _ value: String) -> [UInt8] { bytes(field, Array(value.utf8)) }

    /// A `tocsin.common.v1.LineBlock`.
    static func lineBlock(data: [UInt8], lengths: [UInt64]) -> [UInt8] {
        bytes(1, data) + bytes(2, lengths.flatMap(varint))
    }

    /// A `tocsin.common.v1.VectorBlock`.
    static func vectorBlock(dimension: UInt64, values: [Float]) -> [UInt8] {
        let data = values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) } }
        return number(1, dimension) + bytes(2, data)
    }

    /// A `tocsin.classifier.v1.ClassifyRequest` of no rows.
    static let emptyRows =
        bytes(1, vectorBlock(dimension: 1, values: [])) + bytes(2, vectorBlock(dimension: 1, values: []))
        + bytes(7, [])
}
