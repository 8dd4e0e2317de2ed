internal import CTocsinProto

/// A value that travels between tiers as one protobuf message.
///
/// Decoding is strict: a message that is damaged, nested too deeply, too costly to hold or at odds with itself is a
/// `WireError`, never a value that is almost right. Proto3 keeps no difference between an absent text and an empty
/// one: an optional text that is empty comes back as nil.
public protocol WireMessage: Sendable {
    /// The message's full name in its contract, such as `tocsin.parser.v1.ParseRequest`.
    static var messageName: String { get }

    init(decoding bytes: RawSpan) throws(WireError)

    /// Hands the encoded form to `write`, which knows its size before it takes a copy.
    ///
    /// Fails where the value cannot be said in the contract, such as columns of different lengths.
    func encode<Output>(_ write: (borrowing EncodedMessage) -> Output) throws(WireError) -> Output
}

extension WireMessage {
    public init(decoding bytes: [UInt8]) throws(WireError) {
        try self.init(decoding: bytes.span.bytes)
    }

    /// The encoded form in an array of its own.
    public func encoded() throws(WireError) -> [UInt8] {
        try encode { message in
            [UInt8](unsafeUninitializedCapacity: message.byteCount) { buffer, count in
                count = message.pack(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
    }
}

/// A message whose encoded size is known and whose bytes are still to be written.
public struct EncodedMessage: ~Copyable {
    private let message: UnsafePointer<ProtobufCMessage>
    /// The number of bytes that `write(into:)` fills.
    public let byteCount: Int

    init(_ message: UnsafePointer<ProtobufCMessage>) {
        self.message = message
        byteCount = protobuf_c_message_get_packed_size(message)
    }

    /// Writes the message over all of `buffer`, which has `byteCount` bytes.
    public func write(into buffer: inout MutableRawSpan) {
        precondition(buffer.byteCount == byteCount, "a buffer of \(buffer.byteCount) bytes for \(byteCount)")
        buffer.withUnsafeMutableBytes { _ = pack(into: $0) }
    }

    /// `buffer` need not be initialized.
    func pack(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let start = buffer.baseAddress, byteCount > 0 else { return 0 }
        return protobuf_c_message_pack(message, start.assumingMemoryBound(to: UInt8.self))
    }
}
