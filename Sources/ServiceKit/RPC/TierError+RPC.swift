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
        case .unavailable(_, let reason), .overloaded(_, let reason), .invalidRequest(_, let reason),
            .failed(_, let reason):
            reason
        case .deadlineExceeded: description
        }
    }

    public var rpcErrorCause: (any Error)? { self }

    /// What a failed call to `tier` means to the caller.
    public init(_ error: RPCError, tier: String) {
        let reason = error.cause.map { "\(error.message) (\($0))" } ?? error.message
        self =
            switch error.code {
            case .unavailable: .unavailable(tier: tier, reason: reason)
            case .resourceExhausted: .overloaded(tier: tier, reason: reason)
            case .deadlineExceeded: .deadlineExceeded(tier: tier)
            case .invalidArgument, .outOfRange, .failedPrecondition: .invalidRequest(tier: tier, reason: reason)
            default: .failed(tier: tier, reason: "\(error.code): \(reason)")
            }
    }
}
