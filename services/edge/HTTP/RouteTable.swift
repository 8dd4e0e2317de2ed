internal import HTTPTypes
internal import Hummingbird

/// One thing that the edge can be asked over HTTP.
struct Route: Sendable {
    let method: HTTPRequest.Method
    let path: String
    /// One of these a key must be good for; none for what everybody may ask.
    let scopes: [AccessScope]
    /// How many of the times of a request it may take; nil for as long as it likes.
    var patience: Int? = 1
    let respond: @Sendable (Request, EdgeContext) async throws -> Response

    /// A GET is also a HEAD.
    var methods: [HTTPRequest.Method] { method == .get ? [.get, .head] : [method] }
}

/// All routes, by path.
struct RouteTable: Sendable {
    let routes: [Route]
    private let byPath: [String: [Route]]

    init(_ routes: [Route]) {
        self.routes = routes
        byPath = Dictionary(grouping: routes, by: \.path)
    }

    /// A request's path as the router reads it, to which `//v1/status/` is `/v1/status`.
    static func path(of request: Request) -> String {
        "/" + request.uri.path.split(separator: "/").joined(separator: "/")
    }

    /// None where nothing is at the path.
    func methods(at path: String) -> [HTTPRequest.Method] { byPath[path]?.flatMap(\.methods) ?? [] }

    /// When a request that begins now must be answered; nil where it may go on.
    func deadline(of request: Request, timeout: Duration) -> ContinuousClock.Instant? {
        let route = byPath[Self.path(of: request)]?.first { $0.methods.contains(request.method) }
        return (route == nil ? 1 : route?.patience).map { .now + timeout * $0 }
    }
}
