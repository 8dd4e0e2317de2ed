/// A library's decoder of one format, fed piece by piece.
protocol Codec: AnyObject {
    /// True between two members, where the input may end.
    var isComplete: Bool { get }

    /// Takes bytes of `input` and writes what they hold to `output`.
    ///
    /// - Parameter isLast: no more input follows this.
    func step(
        _ input: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> CodecStep
}

/// What one step used. A step without progress waits for more input.
struct CodecStep {
    var consumed = 0
    var produced = 0
    /// Why the input cannot be read on.
    var failure: String?
}

extension CompressionFormat {
    func makeCodec() -> any Codec {
        switch self {
        case .gzip: GzipCodec()
        case .zstd: ZstdCodec()
        case .xz: XZCodec()
        }
    }
}
