/// The characters of one word while it is read, in memory that is lent.
struct Word {
    let bytes: UnsafeMutableBufferPointer<UInt8>
    /// Bytes held; those that do not fit are only counted as characters.
    private(set) var byteCount = 0
    private(set) var characterCount = 0

    init(bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }

    /// Appends one byte of UTF-8.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if byte & 0xC0 != 0x80 { characterCount += 1 }
        guard byteCount < bytes.count else { return }
        bytes[byteCount] = byte
        byteCount += 1
    }

    mutating func append(contentsOf utf8: some Sequence<UInt8>) {
        for byte in utf8 { append(byte) }
    }

    mutating func append(scalar codePoint: UInt32) {
        guard let scalar = Unicode.Scalar(codePoint) else { return }
        append(contentsOf: scalar.utf8)
    }

    @inline(__always)
    mutating func clear() {
        byteCount = 0
        characterCount = 0
    }
}
