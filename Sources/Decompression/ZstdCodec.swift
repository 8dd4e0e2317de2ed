internal import CZstd

/// libzstd's reader of frames. A frame may ask for a window of at most 128 MiB, which is the library's own limit.
final class ZstdCodec: Codec {
    private let stream: OpaquePointer
    private(set) var isComplete = false

    init() {
        guard let stream = ZSTD_createDStream() else { preconditionFailure("there is no memory for a zstd stream") }
        self.stream = stream
    }

    deinit { ZSTD_freeDStream(stream) }

    func step(
        _ input: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> CodecStep {
        // At the end of a frame, asking for more would begin another.
        if isComplete, input.isEmpty { return CodecStep() }
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = ZSTD_decompressStream(stream, &target, &source)
        var step = CodecStep(consumed: source.pos, produced: target.pos)
        if ZSTD_isError(result) != 0 {
            step.failure = String(cString: ZSTD_getErrorName(result))
        } else {
            isComplete = result == 0
        }
        return step
    }
}
