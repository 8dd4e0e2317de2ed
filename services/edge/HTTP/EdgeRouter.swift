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
    let metrics: EdgeMetrics
    let logger: Logger
    /// The page for people; nil serves none.
    var page: WebPage?
    var now: @Sendable () -> Date = { Date.now }

    private struct Route {
        let method: HTTPRequest.Method
        let path: String
        let respond: @Sendable (Request) async throws -> Response
    }

    private var routes: [Route] {
        let predict = PredictHandler(analyzer: analyzer, limits: limits, metrics: metrics, now: now)
        let health = HealthHandler(tiers: tiers, patience: .seconds(2), now: now)
        return [
            Route(method: .post, path: "/api/predict") { try await predict.respond(to: $0) },
            Route(method: .get, path: "/health") { _ in await health.health() },
            Route(method: .get, path: "/readyz") { _ in try await health.readiness() },
            Route(method: .get, path: "/livez") { _ in
                var json = JSONWriter()
                json.object { $0.member("status", "alive") }
                return Response(json: json)
            },
            Route(method: .get, path: "/metrics") { [metrics] _ in
                Response(
                    status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.registry.page())))
            },
        ]
    }

    func build() -> RouterResponder<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        var methods: [String: [HTTPRequest.Method]] = [:]
        for route in routes {
            methods[route.path, default: []] += route.method == .get ? [.get, .head] : [route.method]
        }
        router.add(
            middleware: RequestBoundary(timeout: limits.timeout, methods: methods, metrics: metrics, logger: logger))
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, _ in try await route.respond(request) }
        }
        if let page {
            for path in page.paths {
                router.get(RouterPath(path)) { request, _ in try page.respond(to: request, path: path) }
            }
        }
        return router.buildResponder()
    }
}
