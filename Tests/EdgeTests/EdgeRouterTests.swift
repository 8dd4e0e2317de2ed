import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSONText
import Logging
import Pipeline
import Synchronization
import Testing
import TierDoubles
import TocsinCore

@testable import Edge

@Suite struct EdgeRouterTests {
    @Test("health has the documented shape")
    func health() async throws {
        let response = try await EdgeBench().answer(.get, "/health")
        #expect(response.status == .ok)
        #expect(
            response.text == #"{"status":"healthy","timestamp":"2026-04-15T12:34:56","#
                + #""models_loaded":{"ml":true,"dann_bert":false,"lora_bert":false,"hybrid_bert":false}}"#)
    }

    @Test("a tier that is away is named with 503 and Retry-After; health and readiness are red, liveness is not")
    func tierDown() async throws {
        let down = TierError.unavailable(tier: "embedding", reason: "connection refused")
        let bench = EdgeBench(embedder: RecordingEmbedder(onEmbed: { throw down }, onInfo: { throw down }))
        let predict = try await bench.answer(.post, "/api/predict", #"{"logs": ["x"]}"#)
        #expect(predict.status == .serviceUnavailable)
        #expect(predict.headers[.retryAfter] == "5")
        #expect(
            predict.text == #"{"type":"urn:tocsin:problem:tier_unavailable","title":"a tier is away","#
                + #""error":"the embedding tier cannot be reached: connection refused","#
                + #""status":"service_unavailable","#
                + #""detail":"the embedding tier cannot be reached: connection refused","#
                + #""code":"tier_unavailable","tier":"embedding"}"#)
        let health = try await bench.answer(.get, "/health")
        #expect(health.status == .serviceUnavailable)
        #expect(health.text.contains(#""status":"unhealthy""#))
        #expect(health.text.contains(#""tiers_unavailable":["embedding"]"#))
        let ready = try await bench.answer(.get, "/readyz")
        #expect(ready.status == .serviceUnavailable)
        #expect(ready.text.contains(#""status":503"#))
        #expect(try await bench.answer(.get, "/livez").status == .ok)
    }

    @Test(
        "each way a tier can fail has its status",
        arguments: [
            (TierError.overloaded(tier: "embedding", reason: "queue full"), 503, "tier_overloaded"),
            (.deadlineExceeded(tier: "embedding"), 504, "deadline_exceeded"),
            (.invalidRequest(tier: "embedding", reason: "no"), 500, "tier_failed"),
            (.failed(tier: "embedding", reason: "no"), 500, "tier_failed"),
        ])
    func tierFailures(error: TierError, status: Int, code: String) async throws {
        let bench = EdgeBench(embedder: RecordingEmbedder(onEmbed: { throw error }))
        let response = try await bench.answer(.post, "/api/predict", #"{"logs": ["x"]}"#)
        #expect(response.status.code == status)
        #expect(response.text.contains(#""code":"\#(code)""#))
    }

    @Test(
        "a tier that says when it takes work again has the caller told, in whole seconds",
        arguments: [
            (nil, "1"), (Duration.milliseconds(40), "1"), (Duration.milliseconds(2_001), "3"),
            (Duration.seconds(7), "7"),
        ] as [(Duration?, String)])
    func retryAfter(wait: Duration?, header: String) async throws {
        let error = TierError.overloaded(tier: "embedding", reason: "queue full", retryAfter: wait)
        let bench = EdgeBench(embedder: RecordingEmbedder(onEmbed: { throw error }))
        let response = try await bench.answer(.post, "/api/predict", #"{"logs": ["x"]}"#)
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.retryAfter] == header)
    }

    @Test("readiness is green while all tiers answer")
    func ready() async throws {
        let response = try await EdgeBench().answer(.get, "/readyz")
        #expect(response.status == .ok)
        #expect(response.text == #"{"status":"ready"}"#)
    }

    @Test("an unknown path is 404 and a wrong method 405 that says which ones are right")
    func notFound() async throws {
        let bench = EdgeBench()
        let missing = try await bench.answer(.get, "/nothing")
        #expect(missing.status == .notFound)
        #expect(missing.text.contains(#""status":404"#))
        let documented = try await bench.answer(.get, "/api/nothing")
        #expect(documented.text.contains(#""status":"not_found""#))
        let wrong = try await bench.answer(.get, "/api/predict")
        #expect(wrong.status == .methodNotAllowed)
        #expect(wrong.headers[.allow] == "POST")
        #expect(wrong.text.contains(#""error":"/api/predict takes POST, not GET""#))
    }

    @Test("the caller's request id comes back, a new one where there is none or it could not be logged")
    func requestID() async throws {
        let bench = EdgeBench()
        let name = HTTPField.Name.requestID
        let given = try await bench.answer(.get, "/livez", headers: [name: "abc-123"])
        #expect(given.headers[name] == "abc-123")
        let made = try await bench.answer(.get, "/livez")
        #expect(made.headers[name]?.count == 32)
        let refused = try await bench.answer(.get, "/livez", headers: [name: String(repeating: "x", count: 500)])
        #expect(refused.headers[name]?.count == 32)
    }

    @Test("requests, lines and stages are counted on the metrics page, by known paths only")
    func metrics() async throws {
        let bench = EdgeBench()
        _ = try await bench.answer(.post, "/api/predict", #"{"logs": ["12345678", "bad"]}"#)
        _ = try await bench.answer(.get, "/some/secret")
        let page = try await bench.answer(.get, "/metrics").text
        #expect(page.contains(#"http_server_requests_total{path="/api/predict",method="POST",status="200"} 1"#))
        #expect(page.contains(#"http_server_requests_total{path="other",method="GET",status="404"} 1"#))
        #expect(page.contains(#"tocsin_lines_total{class="security_anomaly"} 1"#))
        #expect(page.contains(#"tocsin_lines_total{class="failed"} 1"#))
        #expect(!page.contains("secret"))
    }

    @Test("no log line of ours holds a line, a path or a value of a caller")
    func logsHoldNoContent() async throws {
        let lines = Mutex<[String]>([])
        let logger = Logger(label: "edge") { _ in
            CapturingLogHandler { line in lines.withLock { $0.append(line) } }
        }
        let bench = EdgeBench(
            embedder: RecordingEmbedder(onEmbed: { throw TierError.failed(tier: "embedding", reason: "broken") }),
            logger: logger)
        _ = try await bench.answer(.post, "/api/predict", #"{"logs": ["SECRET line"]}"#)
        _ = try await bench.answer(.post, "/api/predict", #"{"logs": ["a"], "model_type": "SECRET"}"#)
        _ = try await bench.answer(.post, "/api/predict", #"SECRET"#)
        _ = try await bench.answer(.get, "/SECRET?SECRET")
        let logged = lines.withLock(\.self)
        #expect(logged.count >= 5)
        #expect(logged.allSatisfy { !$0.contains("SECRET") })
    }

    @Test("over a socket, connections are kept and every answer is framed")
    func sockets() async throws {
        try await EdgeBench().application.test(.live) { client in
            for _ in 0..<3 {
                let response = try await client.execute(
                    uri: "/api/predict", method: .post, body: ByteBuffer(string: #"{"logs": ["12345678"]}"#))
                #expect(response.status == .ok)
                #expect(response.text.contains("security_anomaly"))
                #expect(response.headers[.init("server-timing") ?? .server]?.contains("embed;dur=") == true)
            }
            let wrong = try await client.execute(uri: "/api/predict", method: .post, body: ByteBuffer(string: "{"))
            #expect(wrong.status == .badRequest)
        }
    }
}

/// Hands on each event as one text with its metadata.
private struct CapturingLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace
    let write: @Sendable (String) -> Void

    init(write: @escaping @Sendable (String) -> Void) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        write("\(event.message) \(event.metadata ?? [:]) \(event.error.map { "\($0)" } ?? "")")
    }
}
