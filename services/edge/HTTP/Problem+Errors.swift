internal import Hummingbird
internal import JSONText
internal import Pipeline

/// Where a request's body names its model and its log type, as JSON pointers; nil where it does not.
struct AnalysisPointers: Sendable, Hashable {
    var model: String?
    var logType: String?

    /// The result of `work`, whose refusal of a model or of a log type is a problem that points to it.
    func locating<Result>(_ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch let error as AnalysisError { throw Problem(error, at: self) }
    }
}

extension Problem {
    /// What `error` means to the caller.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case is CallerHungUp: self.init(.callerHungUp, "the caller closed the connection before the answer was ready")
        case let error as JSONError: self.init(.invalidJSON, error.description)
        case let error as AnalysisError: self.init(error, at: AnalysisPointers())
        case let error as TierError: self.init(error)
        case let error as any HTTPResponseError: self.init(error.status, "\(error)")
        default: self.init(.internalError, "the edge failed on this request; its log says more")
        }
    }

    init(_ error: AnalysisError, at pointers: AnalysisPointers) {
        let (code, pointer): (Code, String?) =
            switch error {
            case .unknownModel: (.modelNotLoaded, pointers.model)
            case .noActiveModel: (.noActiveModel, nil)
            case .unknownLogType: (.unknownLogType, pointers.logType)
            }
        self.init(code, error.description, pointer: pointer)
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
