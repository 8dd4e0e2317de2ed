/// Reads the character at `position`, whose first byte is 0x80 or above.
///
/// Where the bytes are not UTF-8 (Unicode 3.9, table 3-7), the code point is nil and the length is that of the part
/// that one replacement character stands for, so that what follows is read as Python's `errors="replace"` reads it.
func decodeUTF8(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> (codePoint: UInt32?, length: Int) {
    let first = text[position]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return (nil, 1)
    }
    var codePoint = UInt32(first & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07))
    for offset in 1..<length {
        guard position + offset < text.count,
            (offset == 1 ? second : 0x80...0xBF).contains(text[position + offset])
        else { return (nil, offset) }
        codePoint = codePoint << 6 | UInt32(text[position + offset] & 0x3F)
    }
    return (codePoint, length)
}
