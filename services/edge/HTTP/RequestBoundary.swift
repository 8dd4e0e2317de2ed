internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import Logging
internal import ServiceKit

/// What surrounds every HTTP request: its id, its deadline, its log line, its metrics, and a problem for every error.
///
/// Neither the log line nor the metrics hold anything of a body or of a path that is not one of ours.
struct RequestBoundary: RouterMiddleware {
    typealias Context = BasicRequestContext

    let timeout: Duration
    /// The methods of each path that is served.
    let methods: [String: [HTTPRequest.Method]]
    let metrics: EdgeMetrics
    let logger: Logger

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let call = CallContext(
            requestID: RequestID.accepted(request.headers[.requestID]), deadline: start + timeout)
        return await CallContext.$current.withValue(call) {
            var response: Response
            do {
                response = try await next(request, context)
            } catch {
                response = self.response(to: error, of: request)
            }
            response.headers[.requestID] = call.requestID
            ended(request, response, context, after: .now - start)
            return response
        }
    }

    private func response(to error: any Error, of request: Request) -> Response {
        var problem = Problem(error)
        let path = request.uri.path
        if problem.code == .notFound, let methods = methods[path] {
            let names = methods.map(\.rawValue).joined(separator: ", ")
            problem = Problem(.methodNotAllowed, "\(path) takes \(names), not \(request.method.rawValue)")
            problem.allowedMethods = methods
        } else if problem.code == .notFound {
            problem.detail = "nothing is at this path; see /health, and POST /api/predict"
        }
        if problem.code.status.kind == .serverError {
            // The detail says what failed, but where only the error itself does.
            logger.error(
                "\(problem.detail)", error: problem.code == .internalError ? error : nil,
                metadata: ["code": "\(problem.code.rawValue)"])
        }
        return Response(problem, isDocumentedPath: Self.isDocumented(path))
    }

    private func ended(_ request: Request, _ response: Response, _ context: Context, after duration: Duration) {
        let path = methods[request.uri.path] == nil ? "other" : request.uri.path
        metrics.answered(path: path, method: request.method, status: response.status, after: duration)
        logger.log(
            level: Self.probes.contains(path) ? .debug : .info, "answered",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(path)", "status": "\(response.status.code)",
                "milliseconds": "\(duration / .milliseconds(1))",
            ])
    }

    /// Asked every few seconds by those who watch over the server.
    private static let probes: Set = ["/livez", "/readyz", "/metrics", "/health"]

    /// The paths of the documented contract, the ones that are not served yet included.
    private static func isDocumented(_ path: String) -> Bool {
        path.hasPrefix("/api/") || ["/health", "/model-info", "/available-models"].contains(path)
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name(RequestID.name) ?? .server
}

extension Response {
    init(_ problem: Problem, isDocumentedPath: Bool) {
        var json = JSONWriter()
        problem.write(to: &json, isDocumentedPath: isDocumentedPath)
        self.init(status: problem.code.status, json: json, contentType: "application/problem+json")
        if let seconds = problem.code.retryAfter { headers[.retryAfter] = String(seconds) }
        if !problem.allowedMethods.isEmpty {
            headers[.allow] = problem.allowedMethods.map(\.rawValue).joined(separator: ", ")
        }
    }

    init(status: HTTPResponse.Status = .ok, json: JSONWriter, contentType: String = "application/json") {
        self.init(
            status: status, headers: [.contentType: contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }
}
