/// Why compressed data cannot be read on; what came before it was given.
public enum DecompressionError: Error, Sendable, Hashable {
    /// The data breaks the rules of its format at that byte of the compressed input.
    case corrupt(CompressionFormat, offset: Int, reason: String)
    /// The data ends within a stream.
    case truncated(CompressionFormat, offset: Int)
}

extension DecompressionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .corrupt(let format, let offset, let reason):
            "the \(format) data is corrupt at byte \(offset): \(reason)"
        case .truncated(let format, let offset):
            "the \(format) data is cut off: it ends at byte \(offset), within a stream"
        }
    }
}
