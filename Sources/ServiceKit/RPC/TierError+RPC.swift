public import GRPCCore
public import Pipeline

/// Tier errors go over the wire as status codes and come back as what they were.
extension TierError: RPCErrorConvertible {
    public var rpcErrorCode: RPCError.Code {
        switch self {
        case .unavailable: .unavailable
        case .overloaded: .resourceExhausted
        case .deadlineExceeded: .deadlineExceeded
        case .invalidRequest: .invalidArgument
        case .failed: .internalError
        }
    }

    public var rpcErrorMessage: String {
        switch self {
        case .unavailable(_, let reason), .overloaded(_, let reason, _), .invalidRequest(_, let reason),
            .failed(_, let reason):
            reason
        case .deadlineExceeded: description
        }
    }

    public var rpcErrorCause: (any Error)? { self }

    /// An overloaded tier says when to come again.
    public var rpcErrorMetadata: Metadata {
        guard case .overloaded(_, _, let retryAfter?) = self else { return [:] }
        return [RPCError.retryPushbackName: .string("\(Int64(retryAfter / .milliseconds(1)))")]
    }

    /// What a failed call to `tier` means to the caller.
    public init(_ error: RPCError, tier: String) {
        let reason = error.cause.map { "\(error.message) (\($0))" } ?? error.message
        self =
            switch error.code {
            case .unavailable: .unavailable(tier: tier, reason: reason)
            case .resourceExhausted: .overloaded(tier: tier, reason: reason, retryAfter: error.retryPushback)
            case .deadlineExceeded: .deadlineExceeded(tier: tier)
            case .invalidArgument, .outOfRange, .failedPrecondition, .notFound:
                .invalidRequest(tier: tier, reason: reason)
            default: .failed(tier: tier, reason: "\(error.code): \(reason)")
            }
    }
}

extension RPCError {
    /// gRPC's own name for the milliseconds after which a server lets a client try again.
    static let retryPushbackName = "grpc-retry-pushback-ms"

    /// After which time the server lets the call be tried again; nil where it says nothing, or forbids it by a negative
    /// number.
    var retryPushback: Duration? {
        let texts = Array(metadata[stringValues: Self.retryPushbackName])
        guard let text = texts.first, let milliseconds = Int64(text), milliseconds >= 0 else { return nil }
        return .milliseconds(milliseconds)
    }
}
