internal import HTTPTypes
internal import Pipeline
internal import ServiceKit
internal import TocsinCore

/// What the edge counts beside its gRPC calls.
struct EdgeMetrics: Sendable {
    let registry: MetricsRegistry
    let templateClasses = TemplateClasses()
    private let requests: Counter
    private let requestSeconds: Histogram
    private let lines: Counter
    private let stageSeconds: Histogram
    private let embeddedTexts: Counter

    init(_ registry: MetricsRegistry) {
        self.registry = registry
        requests = registry.counter(
            "http_server_requests_total", help: "HTTP requests answered.", labels: ["path", "method", "status"])
        requestSeconds = registry.histogram(
            "http_server_request_seconds", help: "Time from a request's head to its answer.", labels: ["path"],
            buckets: Histogram.latencyBuckets)
        lines = registry.counter(
            "tocsin_lines_total", help: "Lines analysed, by class; `failed` have no verdict.", labels: ["class"])
        stageSeconds = registry.histogram(
            "tocsin_stage_seconds", help: "Time that one analysis waited for a tier.", labels: ["stage"],
            buckets: Histogram.latencyBuckets)
        embeddedTexts = registry.counter(
            "tocsin_embedded_texts_total", help: "Distinct texts sent to the embedding tier, after deduplication.")
    }

    func answered(path: String, method: HTTPRequest.Method, status: HTTPResponse.Status, after duration: Duration) {
        // Callers choose the method: only the usual ones get a series.
        let name = [.get, .head, .post, .put, .delete, .options, .patch].contains(method) ? method.rawValue : "other"
        requests.add(labels: [path, name, String(status.code)])
        requestSeconds.observe(duration / .seconds(1), labels: [path])
    }

    /// Since the start.
    var requestCount: Int { Int(requests.total) }
    var lineCount: Int { Int(lines.total) }
    var embeddedTextCount: Int { Int(embeddedTexts.total) }

    /// The time within which so large a share of all requests were answered, about; nil before the first.
    func requestSeconds(quantile share: Double) -> Double? { requestSeconds.quantile(share) }

    /// Shows what an analyzer remembers.
    func observe(_ analyzer: LogAnalyzer) {
        let caches: [(name: String, statistics: @Sendable () -> CacheStatistics)] = [
            ("verdict", { analyzer.verdictCache }), ("vector", { analyzer.vectorCache }),
        ]
        for (name, statistics) in caches {
            registry.observed(
                "tocsin_\(name)_cache_hits_total", help: "Distinct inputs that the edge knew the \(name) of.",
                kind: .counter
            ) { Double(statistics().hits) }
            registry.observed(
                "tocsin_\(name)_cache_misses_total", help: "Distinct inputs that the edge did not know the \(name) of.",
                kind: .counter
            ) { Double(statistics().misses) }
            registry.observed("tocsin_\(name)_cache_bytes", help: "What the edge's \(name)s take, about.") {
                Double(statistics().bytes)
            }
        }
    }

    func analysed(_ analysis: Analysis) {
        templateClasses.add(analysis.lines)
        for anomalyClass in AnomalyClass.allCases where analysis.summary.count(of: anomalyClass) > 0 {
            lines.add(Double(analysis.summary.count(of: anomalyClass)), labels: [anomalyClass.name])
        }
        if analysis.summary.failures > 0 { lines.add(Double(analysis.summary.failures), labels: ["failed"]) }
        worked(analysis.work)
    }

    /// Counts where the time of a request went.
    func worked(_ work: AnalysisWork) {
        stageSeconds.observe(work.parsing / .seconds(1), labels: ["parse"])
        stageSeconds.observe(work.embedding / .seconds(1), labels: ["embed"])
        stageSeconds.observe(work.classifying / .seconds(1), labels: ["classify"])
        embeddedTexts.add(Double(work.embeddedTexts))
    }
}
