internal import CLZMA

/// liblzma's reader of .xz streams.
final class XZCodec: Codec {
    /// What the decoder may take: `xz -9` needs 65 MiB.
    private static let memoryLimit: UInt64 = 128 << 20

    private var stream = lzma_stream()
    private(set) var isComplete = false

    init() {
        let result = lzma_stream_decoder(&stream, Self.memoryLimit, tocsin_lzma_concatenated)
        precondition(result == LZMA_OK, "liblzma cannot be set up: \(result.rawValue)")
    }

    deinit { lzma_end(&stream) }

    func step(
        _ input: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> CodecStep {
        if isComplete { return CodecStep() }
        stream.next_in = input.baseAddress
        stream.avail_in = input.count
        stream.next_out = output.baseAddress
        stream.avail_out = output.count
        let result = lzma_code(&stream, isLast ? LZMA_FINISH : LZMA_RUN)
        var step = CodecStep(consumed: input.count - stream.avail_in, produced: output.count - stream.avail_out)
        switch result {
        case LZMA_OK, LZMA_BUF_ERROR: break
        case LZMA_STREAM_END: isComplete = true
        case LZMA_MEMLIMIT_ERROR:
            step.failure =
                "it needs \(lzma_memusage(&stream) >> 20) MiB to be read, more than \(Self.memoryLimit >> 20)"
        case LZMA_FORMAT_ERROR: step.failure = "what stands here is no .xz stream"
        case LZMA_OPTIONS_ERROR: step.failure = "it asks for what this version of liblzma does not have"
        case LZMA_DATA_ERROR: step.failure = "its checks do not agree with its data"
        default: step.failure = "liblzma's error \(result.rawValue)"
        }
        return step
    }
}
