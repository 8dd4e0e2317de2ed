import Embedding
import ServiceKit
import TocsinCore

/// What is counted of every forward pass.
struct ForwardPassMetrics: Sendable {
    private let tokens: Counter
    private let texts: Counter
    private let batchTokens: Histogram
    private let batchTexts: Histogram
    private let waited: Histogram
    private let took: Histogram

    init(_ registry: MetricsRegistry) {
        tokens = registry.counter(
            "tocsin_embedding_tokens_total", help: "Tokens that were computed.", labels: ["variant"])
        texts = registry.counter(
            "tocsin_embedding_texts_total", help: "Texts that were computed.", labels: ["variant"])
        batchTokens = registry.histogram(
            "tocsin_embedding_pass_tokens", help: "Tokens in one forward pass.",
            buckets: [16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384])
        batchTexts = registry.histogram(
            "tocsin_embedding_pass_texts", help: "Texts in one forward pass.",
            buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024])
        waited = registry.histogram(
            "tocsin_embedding_wait_seconds", help: "How long the text that led a forward pass had waited.",
            buckets: Histogram.latencyBuckets)
        took = registry.histogram(
            "tocsin_embedding_forward_seconds", help: "How long a forward pass computed.",
            buckets: Histogram.latencyBuckets)
    }

    @Sendable func observe(_ pass: ForwardPass) {
        tokens.add(Double(pass.tokens), labels: [pass.variant.rawValue])
        texts.add(Double(pass.texts), labels: [pass.variant.rawValue])
        batchTokens.observe(Double(pass.tokens))
        batchTexts.observe(Double(pass.texts))
        waited.observe(pass.waited / .seconds(1))
        took.observe(pass.took / .seconds(1))
    }
}

/// What the engine says of its queue and its cache whenever the metrics are read.
enum EngineMetrics {
    static func register(_ engine: EmbeddingEngine, in registry: MetricsRegistry) {
        func observe(
            _ name: String, _ help: String, _ kind: MetricKind,
            _ value: @escaping @Sendable (EmbeddingStatistics) -> Int
        ) {
            registry.observed("tocsin_embedding_\(name)", help: help, kind: kind) { Double(value(engine.statistics)) }
        }
        observe("queued_tokens", "Tokens that wait for a forward pass.", .gauge, { $0.queuedTokens })
        observe("texts_in_flight", "Texts that wait for a forward pass or are in one.", .gauge, { $0.textsInFlight })
        observe(
            "attributions_in_flight", "Texts that wait to have their tokens weighed, or are being.", .gauge,
            { $0.attributionsInFlight })
        observe("cache_vectors", "Vectors that are cached.", .gauge, { $0.cachedVectors })
        observe("cache_bytes", "Bytes that cached vectors and their texts take.", .gauge, { $0.cacheBytes })
        observe("cache_hits_total", "Look-ups of texts that were cached.", .counter, { $0.cacheHits })
        observe("cache_misses_total", "Look-ups of texts that were not cached.", .counter, { $0.cacheMisses })
        observe(
            "cache_evictions_total", "Vectors that went from the cache to make room.", .counter, { $0.cacheEvictions })
    }
}
