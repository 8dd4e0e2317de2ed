internal import HTTPTypes
internal import Hummingbird

/// Which web pages of other origins may read our answers (CORS): those on a list.
struct CrossOrigin: Sendable, Hashable {
    /// Such as `http://localhost:5173`; `*` lets every page.
    let origins: Set<String>

    init(_ origins: [String]) { self.origins = Set(origins) }

    /// The answer to a browser that asks before it sends; nil where `request` is no such question.
    func preflight(_ request: Request, methods: [HTTPRequest.Method]) -> Response? {
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil,
            let origin = allowed(request)
        else { return nil }
        var response = Response(status: .noContent)
        allow(origin, in: &response)
        response.headers[.accessControlAllowMethods] = methods.map(\.rawValue).joined(separator: ", ")
        response.headers[.accessControlAllowHeaders] =
            "Authorization, Content-Encoding, Content-Type, X-API-Key, X-Request-ID"
        response.headers[.accessControlMaxAge] = "600"
        return response
    }

    /// Lets the page that asked read the response, where it is on the list.
    func apply(to response: inout Response, of request: Request) {
        guard !origins.isEmpty else { return }
        response.headers[.vary] = "Origin"
        if let origin = allowed(request) { allow(origin, in: &response) }
    }

    private func allowed(_ request: Request) -> String? {
        guard let origin = request.headers[.origin], origins.contains(origin) || origins.contains("*") else {
            return nil
        }
        return origin
    }

    private func allow(_ origin: String, in response: inout Response) {
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = "X-Request-ID, Server-Timing, Retry-After"
        response.headers[.vary] = "Origin"
    }
}
