/// Reads protobuf's wire format field by field, without knowing the contract.
///
/// protobuf.dev/programming-guides/encoding
struct WireCursor {
    struct Field {
        var number: UInt32
        var value: Value
    }
    enum Value {
        case varint(UInt64)
        case fixed64
        case fixed32
        case bytes(Range<Int>)
    }

    private let bytes: UnsafeRawBufferPointer
    private(set) var offset: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>? = nil) {
        self.bytes = bytes
        offset = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    /// The field at the cursor, or nil at the end.
    mutating func next() throws(WireError.Reason) -> Field? {
        guard offset < end else { return nil }
        let start = offset
        let tag = try varint()
        guard let key = UInt32(exactly: tag), key >> 3 > 0 else {
            throw .malformed(offset: start, "the tag \(tag) names no field")
        }
        let value: Value
        switch key & 7 {
        case 0: value = .varint(try varint())
        case 1: value = try skip(8, .fixed64)
        case 2:
            let length = try varint()
            guard length <= UInt64(end - offset) else {
                throw .malformed(offset: start, "field \(key >> 3) has \(length) bytes, \(end - offset) are left")
            }
            let range = offset..<offset + Int(length)
            offset = range.upperBound
            value = .bytes(range)
        case 5: value = try skip(4, .fixed32)
        default: throw .malformed(offset: start, "field \(key >> 3) has wire type \(key & 7); expected 0, 1, 2 or 5")
        }
        return Field(number: key >> 3, value: value)
    }

    private mutating func skip(_ count: Int, _ value: Value) throws(WireError.Reason) -> Value {
        guard end - offset >= count else {
            throw .malformed(offset: offset, "a number of \(count) bytes is cut, \(end - offset) are left")
        }
        offset += count
        return value
    }

    mutating func varint() throws(WireError.Reason) -> UInt64 {
        let start = offset
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < end {
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 {
                guard shift < 63 || byte < 2 else { break }
                return value
            }
            shift += 7
            guard shift < 70 else { break }
        }
        throw .malformed(offset: start, offset < end || shift >= 63 ? "a number exceeds 64 bits" : "a number is cut")
    }
}
