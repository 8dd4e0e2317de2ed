internal import AnalysisReport
internal import Hummingbird
internal import JSONText
internal import Pipeline
internal import ServiceKit
internal import TocsinCore

/// What the edge and its tiers say of themselves: `GET /v1/status`, `/v1/models`, `/v1/limits` and `/version`.
struct StatusHandler: Sendable {
    let tiers: Tiers
    let analyzer: LogAnalyzer
    let limits: HTTPLimits
    /// The replicas of each tier, by its name.
    let replicas: [String: ReplicaWatch]
    let metrics: EdgeMetrics

    private struct TierAnswer: Sendable {
        let tier: String
        let info: Result<TierInfo, TierError>
        let milliseconds: Double
        let replicas: [ReplicaReport]
    }

    func status() async -> Response {
        let answers = await ask()
        var json = JSONWriter()
        json.object { json in
            json.member("status", answers.allSatisfy { (try? $0.info.get()) != nil } ? "healthy" : "unhealthy")
            json.member("version", ProgramVersion.current)
            json.array("tiers") { json in for answer in answers { write(answer, to: &json) } }
            json.object("traffic") { json in
                json.member("requests", metrics.requestCount)
                json.member("lines", metrics.lineCount)
                json.member("embedded_texts", metrics.embeddedTextCount)
                json.object("latency_ms") { json in
                    for (name, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
                        json.key(name)
                        if let seconds = metrics.requestSeconds(quantile: share) {
                            json.number((seconds * 1_000_000).rounded() / 1000)
                        } else {
                            json.null()
                        }
                    }
                }
            }
            json.object("caches") { json in
                write("verdicts", analyzer.verdictCache, to: &json)
                write("vectors", analyzer.vectorCache, to: &json)
            }
        }
        return Response(json: json)
    }

    func models() async throws -> Response {
        let models = try await tiers.classifying.info().models
        var json = JSONWriter()
        json.object { json in
            json.array("models") { json in for model in models { write(model, to: &json) } }
        }
        return Response(json: json)
    }

    func bounds() async throws -> Response {
        let parser = try await tiers.parsing.info()
        var json = JSONWriter()
        json.object { json in
            json.member("max_body_bytes", limits.maxBodyBytes)
            json.member("max_unpacked_bytes", limits.maxUnpackedBytes)
            json.member("max_lines", limits.maxLines)
            json.member("max_line_bytes", min(limits.maxLineBytes, parser.maxItemBytes))
            json.member("max_header_bytes", limits.maxHeaderBytes)
            json.member("max_connections", limits.maxConnections)
            json.member("request_timeout_seconds", limits.timeout / .seconds(1))
            json.member("body_timeout_seconds", limits.bodyTimeout / .seconds(1))
            json.member("idle_timeout_seconds", limits.idleTimeout / .seconds(1))
            json.member("write_timeout_seconds", limits.writeTimeout / .seconds(1))
            json.array("log_types") { json in for name in parser.logTypes { json.string(name) } }
        }
        return Response(json: json)
    }

    static func version() -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("name", "tocsin-edge")
            json.member("version", ProgramVersion.current)
        }
        return Response(json: json)
    }

    private func ask() async -> [TierAnswer] {
        let call = CallContext(
            requestID: CallContext.current?.requestID ?? RequestID.random(), deadline: .now + .seconds(2))
        return await CallContext.$current.withValue(call) {
            async let parser = ask("parser") { try await tiers.parsing.info() }
            async let embedding = ask("embedding") { try await tiers.embedding.info() }
            async let classifier = ask("classifier") { try await tiers.classifying.info() }
            return await [parser, embedding, classifier]
        }
    }

    private func ask(_ tier: String, _ info: () async throws -> TierInfo) async -> TierAnswer {
        let start = ContinuousClock.now
        let outcome: Result<TierInfo, TierError>
        do { outcome = .success(try await info()) } catch let error as TierError {
            outcome = .failure(error)
        } catch {
            outcome = .failure(.unavailable(tier: tier, reason: "\(error)"))
        }
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        // After that, so that it is none of the calls under way.
        let replicas = await replicas[tier]?() ?? []
        return TierAnswer(
            tier: tier, info: outcome, milliseconds: (milliseconds * 1000).rounded() / 1000, replicas: replicas)
    }

    private func write(_ name: String, _ cache: CacheStatistics, to json: inout JSONWriter) {
        json.object(name) { json in
            json.member("entries", cache.entries)
            json.member("bytes", cache.bytes)
            json.member("max_bytes", cache.maxBytes)
            json.member("hits", cache.hits)
            json.member("misses", cache.misses)
            json.key("hit_rate")
            if let rate = cache.hitRate { json.number((rate * 10_000).rounded() / 10_000) } else { json.null() }
        }
    }

    private func write(_ answer: TierAnswer, to json: inout JSONWriter) {
        json.object { json in
            json.member("tier", answer.tier)
            json.array("replicas") { json in
                for replica in answer.replicas { json.string("\(replica.status.address)") }
            }
            json.array("connections") { json in for replica in answer.replicas { write(replica, to: &json) } }
            json.member("latency_ms", answer.milliseconds)
            switch answer.info {
            case .success(let info):
                json.member("available", true)
                json.member("version", info.version)
                json.member("openblas_core", info.openBLASCore)
                json.array("models") { json in for model in info.models { model.writeIdentity(to: &json) } }
                // Of a tier in this process, which has no replicas.
                if answer.replicas.isEmpty { write(info.queue, to: &json) }
            case .failure(let error):
                json.member("available", false)
                json.member("reason", error.description)
            }
        }
    }

    private func write(_ replica: ReplicaReport, to json: inout JSONWriter) {
        json.object { json in
            json.member("replica", "\(replica.status.address)")
            json.member("available", !replica.status.isLeftAlone)
            json.member("calls_under_way", replica.status.callsUnderWay)
            write(replica.queue, to: &json)
        }
    }

    private func write(_ queue: TierQueue?, to json: inout JSONWriter) {
        guard let queue else { return }
        json.object("queue") { json in
            json.member("waiting_items", queue.waitingItems)
            json.member("calls", queue.calls)
        }
    }

    private func write(_ model: ModelInfo, to json: inout JSONWriter) {
        json.object { json in
            json.member("name", model.name)
            json.member("algorithm", model.algorithm)
            json.member("version", model.version)
            json.member("sha256", model.sha256)
            json.member("active", model.isActive)
            json.key("training_samples")
            if let details = model.details { json.integer(details.trainingSamples) } else { json.null() }
            json.key("macro_f1")
            if let score = model.details?.macroF1 { json.number(score) } else { json.null() }
            if let evaluation = model.details?.evaluation, !evaluation.isEmpty {
                json.object("evaluation") { json in
                    for (name, quality) in evaluation.sorted(by: { $0.key < $1.key }) {
                        json.object(name) { json in quality.write(to: &json) }
                    }
                }
            }
        }
    }
}
