internal import Hummingbird
internal import JSONText
internal import Pipeline

extension Problem {
    /// What `error` means to the caller.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case is CallerHungUp: self.init(.callerHungUp, "the caller closed the connection before the answer was ready")
        case let error as JSONError: self.init(.invalidJSON, error.description)
        case let error as AnalysisError: self.init(error)
        case let error as TierError: self.init(error)
        case let error as any HTTPResponseError: self.init(error.status, "\(error)")
        default: self.init(.internalError, "the edge failed on this request; its log says more")
        }
    }

    private init(_ error: AnalysisError) {
        let code: Code =
            switch error {
            case .unknownModel: .modelNotLoaded
            case .noActiveModel: .noActiveModel
            case .unknownLogType: .unknownLogType
            }
        self.init(code, error.description)
    }

    private init(_ error: TierError) {
        let code: Code =
            switch error {
            case .unavailable: .tierUnavailable
            case .overloaded: .tierOverloaded
            case .deadlineExceeded: .deadlineExceeded
            // The edge makes the tiers' requests itself: what one refuses is not the caller's mistake.
            case .invalidRequest, .failed: .tierFailed
            }
        self.init(code, error.description, tier: error.tier)
        // Whole seconds are all that HTTP knows: rounded up, so that nobody comes too early.
        if case .overloaded(_, _, let wait?) = error {
            retryAfter = max(1, Int((wait / .seconds(1)).rounded(.up)))
        }
    }

    private init(_ status: HTTPResponse.Status, _ description: String) {
        let code: Code =
            switch status {
            case .notFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .contentTooLarge: .bodyTooLarge
            default: status.kind == .clientError ? .badRequest : .internalError
            }
        self.init(code, description)
    }
}
