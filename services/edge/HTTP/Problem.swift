internal import HTTPTypes
internal import JSONText

/// Why a request has no answer, as RFC 9457 writes it.
struct Problem: Error, Sendable, Hashable {
    /// What went wrong, in a word that programs may compare: once published, a code keeps its meaning.
    enum Code: String, Sendable, CaseIterable {
        case invalidJSON = "invalid_json"
        case wrongType = "wrong_type"
        case missingMember = "missing_member"
        case emptyLogs = "empty_logs"
        case outOfRange = "out_of_range"
        case tooManyLines = "too_many_lines"
        case bodyTooLarge = "body_too_large"
        case unknownModelType = "unknown_model_type"
        case unknownBERTVariant = "unknown_bert_variant"
        case unknownLogType = "unknown_log_type"
        case unknownClass = "unknown_class"
        case modelNotLoaded = "model_not_loaded"
        case noActiveModel = "no_active_model"
        case notFound = "not_found"
        case methodNotAllowed = "method_not_allowed"
        case badRequest = "bad_request"
        case headersTooLarge = "headers_too_large"
        case malformedHTTP = "malformed_http"
        case bodyTooSlow = "body_too_slow"
        case unsupportedEncoding = "unsupported_encoding"
        case invalidEncoding = "invalid_encoding"
        case unsupportedMediaType = "unsupported_media_type"
        case notAcceptable = "not_acceptable"
        case missingKey = "missing_key"
        case invalidKey = "invalid_key"
        case missingScope = "missing_scope"
        case rateLimited = "rate_limited"
        case callerHungUp = "caller_hung_up"
        case tierUnavailable = "tier_unavailable"
        case tierOverloaded = "tier_overloaded"
        case tierFailed = "tier_failed"
        case deadlineExceeded = "deadline_exceeded"
        case internalError = "internal_error"
    }

    var code: Code
    /// What was found, what was expected and how to mend it; never a log line.
    var detail: String
    /// The part of the request's JSON that is wrong, as a JSON pointer (RFC 6901).
    var pointer: String?
    /// The tier that failed.
    var tier: String?
    /// The methods that the path takes, for the `Allow` header.
    var allowedMethods: [HTTPRequest.Method] = []
    /// After how many seconds the same request may succeed; nil where it never will.
    var retryAfter: Int?

    init(_ code: Code, _ detail: String, pointer: String? = nil, tier: String? = nil) {
        self.code = code
        self.detail = detail
        self.pointer = pointer
        self.tier = tier
        retryAfter = code.retryAfter
    }
}

extension Problem.Code {
    var status: HTTPResponse.Status {
        switch self {
        case .invalidJSON, .wrongType, .missingMember, .emptyLogs, .outOfRange, .unknownModelType,
            .unknownBERTVariant, .unknownClass, .badRequest, .malformedHTTP, .invalidEncoding:
            .badRequest
        case .missingKey, .invalidKey: .unauthorized
        case .missingScope: .forbidden
        case .modelNotLoaded, .unknownLogType: .notFound
        case .notAcceptable: .notAcceptable
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .bodyTooSlow: .requestTimeout
        case .unsupportedEncoding, .unsupportedMediaType: .unsupportedMediaType
        case .rateLimited: .tooManyRequests
        case .callerHungUp: HTTPResponse.Status(code: 499, reasonPhrase: "Caller Hung Up")
        case .tooManyLines, .bodyTooLarge: .contentTooLarge
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .noActiveModel, .tierUnavailable, .tierOverloaded: .serviceUnavailable
        case .tierFailed, .internalError: .internalServerError
        case .deadlineExceeded: .gatewayTimeout
        }
    }

    /// The problem's kind in words, the same for every occurrence.
    var title: String {
        switch self {
        case .invalidJSON: "the body is not JSON"
        case .wrongType: "a value has the wrong type"
        case .missingMember: "a member is missing"
        case .emptyLogs: "there are no logs"
        case .outOfRange: "a number is out of range"
        case .tooManyLines: "too many lines in one request"
        case .bodyTooLarge: "the body is too large"
        case .unknownModelType: "no such model type"
        case .unknownLogType: "no such log type"
        case .unknownBERTVariant: "no such BERT variant"
        case .unknownClass: "no such class"
        case .modelNotLoaded: "the model is not loaded"
        case .noActiveModel: "no model is active"
        case .notFound: "nothing is at this path"
        case .methodNotAllowed: "the path does not take this method"
        case .badRequest: "the request cannot be read"
        case .headersTooLarge: "the request's headers are too large"
        case .malformedHTTP: "the request is no HTTP"
        case .bodyTooSlow: "the body came too slowly"
        case .unsupportedEncoding: "the body's encoding is not known"
        case .invalidEncoding: "the body cannot be unpacked"
        case .unsupportedMediaType: "the body's media type is not taken"
        case .notAcceptable: "no answer has an accepted media type"
        case .missingKey: "an API key is needed"
        case .invalidKey: "the API key is not good"
        case .missingScope: "the API key may not do this"
        case .rateLimited: "too many requests"
        case .callerHungUp: "the caller hung up"
        case .tierUnavailable: "a tier is away"
        case .tierOverloaded: "a tier is overloaded"
        case .tierFailed: "a tier failed"
        case .deadlineExceeded: "the answer took too long"
        case .internalError: "the edge failed"
        }
    }

    /// The `status` text of the documented paths.
    var documentedStatus: String {
        switch self {
        case .noActiveModel: "no_models_available"
        case .modelNotLoaded: "model_not_available"
        case .tierUnavailable, .tierOverloaded, .deadlineExceeded: "service_unavailable"
        case .tierFailed, .internalError: "prediction_error"
        case .notFound: "not_found"
        case .methodNotAllowed: "method_not_allowed"
        case .missingKey, .invalidKey: "unauthorized"
        case .missingScope: "forbidden"
        case .rateLimited: "rate_limited"
        case .invalidJSON, .wrongType, .missingMember, .emptyLogs, .outOfRange, .tooManyLines, .bodyTooLarge,
            .unknownModelType, .unknownBERTVariant, .unknownLogType, .unknownClass, .badRequest, .headersTooLarge,
            .malformedHTTP, .bodyTooSlow, .unsupportedEncoding, .invalidEncoding, .unsupportedMediaType, .notAcceptable,
            .callerHungUp:
            "invalid_request"
        }
    }

    /// After how many seconds the same request may succeed; nil where it never will.
    fileprivate var retryAfter: Int? {
        switch self {
        case .tierOverloaded, .rateLimited: 1
        case .tierUnavailable, .noActiveModel, .deadlineExceeded: 5
        case .invalidJSON, .wrongType, .missingMember, .emptyLogs, .outOfRange, .tooManyLines, .bodyTooLarge,
            .unknownModelType, .unknownBERTVariant, .unknownLogType, .unknownClass, .modelNotLoaded, .notFound,
            .methodNotAllowed, .badRequest, .headersTooLarge, .malformedHTTP, .bodyTooSlow, .unsupportedEncoding,
            .invalidEncoding,
            .unsupportedMediaType, .notAcceptable, .missingKey, .invalidKey, .missingScope, .callerHungUp, .tierFailed,
            .internalError:
            nil
        }
    }

    /// Whether what follows on the connection cannot be told from the rest of this request.
    var endsConnection: Bool { [.bodyTooLarge, .bodyTooSlow, .headersTooLarge, .malformedHTTP].contains(self) }
}

extension Problem {
    /// Writes the problem as an object.
    ///
    /// - Parameter isDocumentedPath: the documented paths carry `error` and `status` as the original's clients read
    ///   them. `status` is a text there; RFC 9457 has consumers ignore one that is no number, and the status line says
    ///   the same.
    func write(to json: inout JSONWriter, isDocumentedPath: Bool) {
        json.object { json in
            json.member("type", "urn:tocsin:problem:\(code.rawValue)")
            json.member("title", code.title)
            if isDocumentedPath {
                json.member("error", detail)
                json.member("status", code.documentedStatus)
            } else {
                json.member("status", code.status.code)
            }
            json.member("detail", detail)
            json.member("code", code.rawValue)
            if let pointer { json.member("pointer", pointer) }
            if let tier { json.member("tier", tier) }
        }
    }
}
