/// Reads one compressed input piece by piece, in memory that does not grow with it, however much it unpacks to.
///
/// An input may have several members end to end, as `cat a.gz b.gz` makes them.
public struct Decompressor {
    public let format: CompressionFormat
    /// Bytes of compressed input taken so far.
    public private(set) var position = 0
    private let codec: any Codec
    private var failure: DecompressionError?

    public init(_ format: CompressionFormat) {
        self.format = format
        codec = format.makeCodec()
    }

    /// Takes bytes from the begin of `input` and gives what they hold, at most `limit` bytes.
    ///
    /// Nothing is given where all of `input` was taken and more is needed, or where the end is reached.
    ///
    /// - Parameter isLast: no more input follows this.
    /// - Throws: `DecompressionError`, after everything that could be read was given.
    public mutating func decompress(
        _ input: inout ArraySlice<UInt8>, isLast: Bool, limit: Int
    ) throws(DecompressionError) -> [UInt8] {
        precondition(limit > 0, "an output of \(limit) bytes holds nothing")
        if let failure { throw failure }
        let output = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < limit {
                let room = UnsafeMutableBufferPointer(rebasing: buffer[count...])
                let step = input.withUnsafeBufferPointer { codec.step($0, isLast: isLast, into: room) }
                input = input.dropFirst(step.consumed)
                position += step.consumed
                count += step.produced
                if let reason = step.failure {
                    failure = .corrupt(format, offset: position, reason: reason)
                    return
                }
                if step.consumed == 0, step.produced == 0 { return }
            }
        }
        guard output.isEmpty else { return output }
        if let failure { throw failure }
        if isLast, !codec.isComplete {
            let cut = DecompressionError.truncated(format, offset: position)
            failure = cut
            throw cut
        }
        return output
    }
}
