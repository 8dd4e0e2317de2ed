import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Pipeline
import ServiceKit
import TierDoubles
import TocsinCore

@testable import Edge

/// The edge's HTTP side over tiers in memory, at a fixed time.
struct EdgeBench {
    /// 2026-04-15T12:34:56.123456Z.
    static let time = Date(timeIntervalSince1970: 1_776_256_496.123_456)

    let classifier = RecordingClassifier()
    let metrics = EdgeMetrics(MetricsRegistry())
    let router: EdgeRouter

    init(
        parser: RecordingParser = RecordingParser(), embedder: RecordingEmbedder = RecordingEmbedder(),
        classifier: RecordingClassifier = RecordingClassifier(),
        limits: HTTPLimits = HTTPLimits(), access: AccessControl = AccessControl(keys: nil),
        crossOrigin: CrossOrigin = CrossOrigin([]), redactor: Redactor = Redactor(), page: WebPage? = nil,
        replicas: [String: ReplicaWatch] = [:],
        logger: Logger = Logger(label: "edge", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        let tiers = Tiers(parsing: parser, embedding: embedder, classifying: classifier)
        router = EdgeRouter(
            tiers: tiers, analyzer: LogAnalyzer(tiers), limits: limits, access: access, crossOrigin: crossOrigin,
            redactor: redactor, replicas: replicas, metrics: metrics, logger: logger, page: page, now: { Self.time })
    }

    var application: some ApplicationProtocol { Application(responder: router.build()) }

    /// The answer to one request, through the router without a socket.
    func answer(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await answer(method, path, bytes: Array(body.utf8), headers: headers)
    }

    func answer(
        _ method: HTTPRequest.Method, _ path: String, bytes: [UInt8], headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await application.test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: ByteBuffer(bytes: bytes))
        }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
