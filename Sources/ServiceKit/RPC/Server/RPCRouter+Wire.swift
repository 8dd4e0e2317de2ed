public import GRPCCore
public import WireMessages

/// How a service's methods are registered: a handler takes a message and gives one, `CallContext.current` has the rest.
extension RPCRouter {
    /// One message in, one message out.
    public mutating func unary<Request: WireMessage, Response: WireMessage>(
        _ method: WireMethod<Request, Response>,
        handler: @escaping @Sendable (Request) async throws -> Response
    ) {
        registerHandler(
            forMethod: MethodDescriptor(method, type: .unary),
            deserializer: WireDeserializer<Request>(failure: .invalidArgument), serializer: WireSerializer<Response>()
        ) { request, context in
            let message = try await ServerRequest(stream: request).message
            let response = try await context.cancellingWhenCallerLeaves { try await handler(message) }
            return StreamingServerResponse { writer in
                try await writer.write(response)
                return [:]
            }
        }
    }

    /// Many messages in, one out for each, in their order.
    public mutating func stream<Request: WireMessage, Response: WireMessage>(
        _ method: WireMethod<Request, Response>,
        handler: @escaping @Sendable (Request) async throws -> Response
    ) {
        registerHandler(
            forMethod: MethodDescriptor(method, type: .bidirectionalStreaming),
            deserializer: WireDeserializer<Request>(failure: .invalidArgument), serializer: WireSerializer<Response>()
        ) { request, context in
            StreamingServerResponse { writer in
                try await context.cancellingWhenCallerLeaves {
                    for try await message in request.messages { try await writer.write(try await handler(message)) }
                }
                return [:]
            }
        }
    }

    /// One message in, as many out as `handler` writes.
    mutating func watch<Request: WireMessage, Response: WireMessage>(
        _ method: WireMethod<Request, Response>,
        handler: @escaping @Sendable (Request, RPCWriter<Response>) async throws -> Void
    ) {
        registerHandler(
            forMethod: MethodDescriptor(method, type: .serverStreaming),
            deserializer: WireDeserializer<Request>(failure: .invalidArgument), serializer: WireSerializer<Response>()
        ) { request, context in
            let request = try await ServerRequest(stream: request).message
            return StreamingServerResponse { writer in
                try await context.cancellingWhenCallerLeaves { try await handler(request, writer) }
                return [:]
            }
        }
    }
}
