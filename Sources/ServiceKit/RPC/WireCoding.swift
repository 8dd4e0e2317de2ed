public import GRPCCore
public import WireMessages

/// Writes messages into the transport's buffers.
public struct WireSerializer<Message: WireMessage>: MessageSerializer {
    public init() {}

    public func serialize<Bytes: GRPCContiguousBytes>(_ message: Message) throws -> Bytes {
        do {
            return try message.encode { encoded in
                var bytes = Bytes(repeating: 0, count: encoded.byteCount)
                bytes.withUnsafeMutableBytes { buffer in
                    var span = buffer.mutableBytes
                    encoded.write(into: &span)
                }
                return bytes
            }
        } catch {
            throw RPCError(code: .internalError, message: "\(error)", cause: error)
        }
    }
}

/// Reads messages out of the transport's buffers; what is no such message is refused with the reason.
public struct WireDeserializer<Message: WireMessage>: MessageDeserializer {
    private let failure: RPCError.Code

    /// - Parameter failure: whose fault a malformed message is: `invalidArgument` where a server reads a request,
    ///   `internalError` where a client reads an answer.
    public init(failure: RPCError.Code) { self.failure = failure }

    public func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Message {
        do {
            return try bytes.withUnsafeBytes { try Message(decoding: $0.bytes) }
        } catch {
            throw RPCError(code: failure, message: "\(error)", cause: error)
        }
    }
}

extension MethodDescriptor {
    init<Request, Response>(_ method: WireMethod<Request, Response>, type: RPCType) {
        self.init(fullyQualifiedService: method.service, method: method.name, type: type)
    }
}
