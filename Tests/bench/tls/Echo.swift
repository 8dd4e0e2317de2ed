import GRPCCore

/// Messages are bytes as they are: what is measured is the transport.
struct BytesCoder: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) -> Bytes {
        Bytes(message)
    }

    func deserialize<Bytes: GRPCContiguousBytes>(_ serializedMessageBytes: Bytes) -> [UInt8] {
        serializedMessageBytes.withUnsafeBytes { Array($0) }
    }
}

struct EchoService: RegistrableRPCService {
    static let method = MethodDescriptor(fullyQualifiedService: "bench.Echo", method: "Call")

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(forMethod: Self.method, deserializer: BytesCoder(), serializer: BytesCoder()) {
            request, _ in
            let message = try await ServerRequest(stream: request).message
            return StreamingServerResponse { writer in
                try await writer.write(message)
                return [:]
            }
        }
    }
}

extension GRPCClient {
    func echo(_ message: [UInt8]) async throws -> [UInt8] {
        var options = CallOptions.defaults
        options.maxResponseMessageBytes = Setting.messageBytes
        return try await unary(
            request: ClientRequest(message: message), descriptor: EchoService.method, serializer: BytesCoder(),
            deserializer: BytesCoder(), options: options
        ) { try $0.message }
    }
}
