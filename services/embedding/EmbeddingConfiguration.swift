import ArgumentParser
import Embedding
import Foundation
import ServiceKit

/// All that the embedding service was told, checked.
struct EmbeddingConfiguration: Sendable {
    var server: ServerConfiguration
    var encoder: String
    var engine: EmbeddingOptions

    init(_ server: ServerOptions, _ embedding: EmbeddingFlags, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .embedding, reader: &reader)
        encoder = reader.value(of: EmbeddingSettings.encoder, flag: embedding.encoder)
        engine = EmbeddingOptions(
            threads: reader.value(of: EmbeddingSettings.threads, flag: embedding.threads),
            maxBatchTokens: reader.value(of: EmbeddingSettings.maxBatchTokens, flag: embedding.maxBatchTokens),
            maxBatchWait: reader.value(of: EmbeddingSettings.maxBatchWait, flag: embedding.maxBatchWait),
            maxQueuedTokens: reader.value(of: EmbeddingSettings.maxQueuedTokens, flag: embedding.maxQueuedTokens),
            maxCacheBytes: reader.value(of: EmbeddingSettings.maxCacheBytes, flag: embedding.maxCacheBytes))
    }
}

/// The flags that only the embedding service has. Their values are texts: `EmbeddingConfiguration` reads them with all
/// other sources.
struct EmbeddingFlags: ParsableArguments {
    @Option(name: EmbeddingSettings.encoder.flag, help: EmbeddingSettings.encoder.help)
    var encoder: String?

    @Option(name: EmbeddingSettings.threads.flag, help: EmbeddingSettings.threads.help)
    var threads: String?

    @Option(name: EmbeddingSettings.maxBatchTokens.flag, help: EmbeddingSettings.maxBatchTokens.help)
    var maxBatchTokens: String?

    @Option(name: EmbeddingSettings.maxBatchWait.flag, help: EmbeddingSettings.maxBatchWait.help)
    var maxBatchWait: String?

    @Option(name: EmbeddingSettings.maxQueuedTokens.flag, help: EmbeddingSettings.maxQueuedTokens.help)
    var maxQueuedTokens: String?

    @Option(name: EmbeddingSettings.maxCacheBytes.flag, help: EmbeddingSettings.maxCacheBytes.help)
    var maxCacheBytes: String?
}

enum EmbeddingSettings {
    private static let defaults = EmbeddingOptions()

    static let encoder = Setting.text(
        "encoder", "A BERT checkpoint: config.json, vocab.txt and model.safetensors.",
        expected: "the path of a folder", fallback: "models/encoder")
    static let threads = Setting.number(
        "threads", "Threads that compute, each a batch of its own: as many as cores.", in: 1...1024,
        fallback: ProcessInfo.processInfo.activeProcessorCount, fallbackText: "the machine's cores")
    static let maxBatchTokens = Setting.number(
        "max-batch-tokens", "Most tokens in one forward pass: higher is better throughput, worse latency.",
        in: 64...1_000_000, fallback: defaults.maxBatchTokens)
    static let maxBatchWait = Setting.duration(
        "max-batch-wait", "How long a forward pass waits for more texts: longer is better throughput, worse latency.",
        fallback: defaults.maxBatchWait)
    static let maxQueuedTokens = Setting.number(
        "max-queued-tokens", "Most tokens that wait; calls beyond it are refused as overloaded.",
        in: 1...1_000_000_000, fallback: defaults.maxQueuedTokens)
    static let maxCacheBytes = Setting.number(
        "max-cache-bytes", "Most bytes of vectors that are kept, about 3 KiB each; 0 keeps none.",
        in: 0...(1 << 40), fallback: defaults.maxCacheBytes)
}
