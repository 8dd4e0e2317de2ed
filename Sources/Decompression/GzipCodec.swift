internal import CZlib

/// zlib's reader of gzip members.
final class GzipCodec: Codec {
    private enum State {
        case begin, member, betweenMembers, padding
    }

    /// In a place of its own: zlib refuses a stream that has moved.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var state = State.begin

    init() {
        stream.initialize(to: z_stream())
        // 15 is the largest window, 32 KiB; 16 more asks for gzip's own headers.
        let result = tocsin_inflate_init(stream, 15 + 16)
        precondition(result == Z_OK, "zlib cannot be set up: \(result)")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    var isComplete: Bool { state == .betweenMembers || state == .padding }

    func step(
        _ input: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> CodecStep {
        guard let first = input.first else { return state == .member ? inflate(input, into: output) : CodecStep() }
        switch state {
        case .begin: state = .member
        case .member: break
        case .betweenMembers, .padding:
            // Tapes and some programs fill the end up with zeros.
            let zeros = input.prefix { $0 == 0 }.count
            if zeros > 0 {
                state = .padding
                return CodecStep(consumed: zeros)
            }
            guard state == .betweenMembers, first == 0x1F else {
                return CodecStep(failure: "what follows the last member is none")
            }
            inflateReset(stream)
            state = .member
        }
        return inflate(input, into: output)
    }

    private func inflate(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> CodecStep {
        let given = UInt32(clamping: input.count)
        let room = UInt32(clamping: output.count)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = given
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = room
        let result = CZlib.inflate(stream, Z_NO_FLUSH)
        var step = CodecStep(
            consumed: Int(given - stream.pointee.avail_in), produced: Int(room - stream.pointee.avail_out))
        switch result {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: state = .betweenMembers
        default: step.failure = stream.pointee.msg.map { String(cString: $0) } ?? "zlib's error \(result)"
        }
        return step
    }
}
