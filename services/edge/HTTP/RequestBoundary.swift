internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import Logging
internal import ServiceKit

/// What surrounds every HTTP request: its id, its deadline, its log line, its metrics, and a problem for every error.
///
/// Neither the log line nor the metrics hold anything of a body or of a path that is not one of ours.
struct RequestBoundary: RouterMiddleware {
    typealias Context = EdgeContext

    let timeout: Duration
    let table: RouteTable
    let crossOrigin: CrossOrigin
    let metrics: EdgeMetrics
    let logger: Logger

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let call = CallContext(
            requestID: RequestID.accepted(request.headers[.requestID]),
            deadline: table.deadline(of: request, timeout: timeout))
        return await CallContext.$current.withValue(call) {
            var response: Response
            do {
                if let preflight = crossOrigin.preflight(
                    request, methods: table.methods(at: RouteTable.path(of: request)))
                {
                    response = preflight
                } else {
                    response = try await next(request, context)
                    crossOrigin.apply(to: &response, of: request)
                }
            } catch {
                response = self.response(to: error, of: request)
                crossOrigin.apply(to: &response, of: request)
            }
            response.headers[.requestID] = call.requestID
            response.headers[.xContentTypeOptions] = "nosniff"
            ended(request, response, after: .now - start)
            return response
        }
    }

    private func response(to error: any Error, of request: Request) -> Response {
        var problem = Problem(error)
        let path = RouteTable.path(of: request)
        let methods = table.methods(at: path)
        if problem.code == .notFound, !methods.isEmpty {
            let names = methods.map(\.rawValue).joined(separator: ", ")
            let method = request.method.rawValue.count > 20 ? "another method" : request.method.rawValue
            problem = Problem(.methodNotAllowed, "\(path) takes \(names), not \(method)")
            problem.allowedMethods = methods
        } else if problem.code == .notFound {
            problem.detail = "nothing is at this path; /docs shows what there is"
        }
        if problem.code.status.kind == .serverError {
            // The detail says what failed, but where only the error itself does.
            logger.error(
                "\(problem.detail)", error: problem.code == .internalError ? error : nil,
                metadata: ["code": "\(problem.code.rawValue)"])
        }
        return Response(problem, isDocumentedPath: Self.isDocumented(path))
    }

    private func ended(_ request: Request, _ response: Response, after duration: Duration) {
        let asked = RouteTable.path(of: request)
        let path = table.methods(at: asked).isEmpty ? "other" : asked
        metrics.answered(path: path, method: request.method, status: response.status, after: duration)
        logger.log(
            level: Self.probes.contains(path) ? .debug : .info, "answered",
            metadata: [
                "method": "\(request.method.rawValue.count > 20 ? "other" : request.method.rawValue)",
                "path": "\(path)", "status": "\(response.status.code)",
                "milliseconds": "\(duration / .milliseconds(1))",
            ])
    }

    /// Asked every few seconds by those who watch over the server.
    private static let probes: Set = ["/livez", "/readyz", "/metrics", "/health"]

    /// The paths of the documented contract.
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
        if let seconds = problem.retryAfter { headers[.retryAfter] = String(seconds) }
        if problem.code.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer realm=\"tocsin\"" }
        if !problem.allowedMethods.isEmpty {
            headers[.allow] = problem.allowedMethods.map(\.rawValue).joined(separator: ", ")
        }
        // What is left of a body that was not read would be taken for the next request.
        if problem.code.endsConnection { headers[.connection] = "close" }
    }

    init(status: HTTPResponse.Status = .ok, json: JSONWriter, contentType: String = "application/json") {
        self.init(
            status: status, headers: [.contentType: contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }
}
