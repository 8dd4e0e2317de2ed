internal import Foundation
internal import Hummingbird
internal import JSONText
internal import Logging
internal import Pipeline
internal import ServiceKit

/// The HTTP side of the edge: which path does what.
struct EdgeRouter: Sendable {
    let tiers: Tiers
    let analyzer: LogAnalyzer
    var limits = HTTPLimits()
    var access = AccessControl(keys: nil)
    var crossOrigin = CrossOrigin([])
    var redactor = Redactor()
    var hangUps = HangUps()
    /// The replicas of each tier, by its name.
    var replicas: [String: ReplicaWatch] = [:]
    let metrics: EdgeMetrics
    let logger: Logger
    /// The page for people; nil serves none.
    var page: WebPage?
    var now: @Sendable () -> Date = { Date.now }

    /// Everything that is served beside the page for people.
    var paths: Set<String> { Set(routes.map(\.path)) }

    private var routes: [Route] { documentedRoutes + v1 + probes }

    private var documentedRoutes: [Route] {
        let bodies = BodyReader(limits: limits)
        let predict = PredictHandler(
            tiers: tiers, analyzer: analyzer, bodies: bodies, limits: limits, metrics: metrics, redactor: redactor,
            now: now)
        let templates = TemplatesHandler(analyzer: analyzer, bodies: bodies, limits: limits, redactor: redactor)
        let models = ModelsHandler(tiers: tiers, analyzer: analyzer, bodies: bodies)
        let health = HealthHandler(tiers: tiers, patience: .seconds(2), now: now)
        return [
            .post("/api/predict", .analyze) { try await predict.predict($0) },
            .post("/api/predict-batch", .analyze) { try await predict.predictBatch($0) },
            .post("/api/analyze", .analyze) { try await predict.analyze($0) },
            .post("/api/extract-templates", .analyze) { try await templates.respond(to: $0) },
            .post("/api/models/switch", .admin) { try await models.switchModel($0) },
            .get("/model-info", .read) { _ in try await models.modelInfo() },
            .get("/available-models", .read) { _ in try await models.availableModels() },
            .get("/health") { _ in await health.health() },
        ]
    }

    private var v1: [Route] {
        let bodies = BodyReader(limits: limits)
        let analyze = AnalyzeLogsHandler(
            analyzer: analyzer, limits: limits, metrics: metrics, redactor: redactor, logger: logger)
        let explain = ExplainHandler(analyzer: analyzer, limits: limits, metrics: metrics, redactor: redactor)
        let compare = CompareHandler(analyzer: analyzer, bodies: bodies, metrics: metrics, redactor: redactor)
        let templates = TemplateListHandler(tiers: tiers, classes: metrics.templateClasses, redactor: redactor)
        let status = StatusHandler(
            tiers: tiers, analyzer: analyzer, limits: limits, replicas: replicas, metrics: metrics)
        return [
            .post("/v1/logs:analyze", .analyze, patience: nil) { try await analyze.respond(to: $0) },
            .post("/v1/logs:explain", .analyze) { try await explain.respond(to: $0) },
            .post("/v1/compare", .analyze, patience: 10) { try await compare.respond(to: $0) },
            .get("/v1/templates", .read) { try await templates.respond(to: $0) },
            .get("/v1/status", .read) { _ in await status.status() },
            .get("/v1/models", .read, .analyze) { _ in try await status.models() },
            .get("/v1/limits", .read, .analyze) { _ in try await status.bounds() },
            .get("/version") { _ in StatusHandler.version() },
        ]
    }

    private var probes: [Route] {
        let health = HealthHandler(tiers: tiers, patience: .seconds(2), now: now)
        return [
            .get("/readyz") { _ in try await health.readiness() },
            .get("/livez") { _ in
                var json = JSONWriter()
                json.object { $0.member("status", "alive") }
                return Response(json: json)
            },
            .get("/metrics", .read) { [metrics] _ in
                Response(
                    status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.registry.page())))
            },
        ]
    }

    func build() -> RouterResponder<EdgeContext> {
        let router = Router(context: EdgeContext.self, options: .autoGenerateHeadEndpoints)
        let table = RouteTable(routes)
        router.add(
            middleware: RequestBoundary(
                timeout: limits.timeout, table: table, crossOrigin: crossOrigin, metrics: metrics, logger: logger))
        for route in table.routes {
            router.on(RouterPath(route.path), method: route.method) { [access, hangUps] request, context in
                // Of the route that answers, however the path to it was written.
                try access.check(request.headers, scopes: route.scopes)
                return try await hangUps.cancelling(on: context.channel) {
                    try await Self.inTime { try await route.respond(request, context) }
                }
            }
        }
        if let page {
            for path in page.paths {
                router.get(RouterPath(path)) { request, _ in try page.respond(to: request, path: path) }
            }
        }
        return router.buildResponder()
    }

    /// What `respond` answers before the call's deadline, or soon after it: a tier that keeps it says so itself, and by its
    /// name.
    private static func inTime(_ respond: @escaping @Sendable () async throws -> Response) async throws -> Response {
        guard let deadline = CallContext.current?.deadline else { return try await respond() }
        let problem = Problem(.deadlineExceeded, "the answer was not ready in time; send fewer lines at a time")
        return try await within(deadline + .milliseconds(100), else: problem, respond)
    }
}

extension Route {
    fileprivate static func get(
        _ path: String, _ scopes: AccessScope..., respond: @escaping @Sendable (Request) async throws -> Response
    ) -> Route {
        Route(method: .get, path: path, scopes: scopes) { request, _ in try await respond(request) }
    }

    fileprivate static func post(
        _ path: String, _ scope: AccessScope, patience: Int? = 1,
        _ respond: @escaping @Sendable (Request) async throws -> Response
    ) -> Route {
        Route(method: .post, path: path, scopes: [scope], patience: patience) { request, _ in try await respond(request)
        }
    }
}
