import ArgumentParser
import Embedding
import Foundation
import ServiceKit
import TocsinCore

/// All that the embedding service was told, checked.
struct EmbeddingConfiguration: Sendable {
    var server: ServerConfiguration
    var encoder: String
    var precision: EncoderPrecision
    var models: String
    /// Nil takes those that are there.
    var variants: [EncoderVariant]?
    var engine: EmbeddingOptions

    init(_ server: ServerOptions, _ embedding: EmbeddingFlags, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .embedding, reader: &reader)
        encoder = reader.value(of: EmbeddingSettings.encoder, flag: embedding.encoder)
        precision = reader.value(of: EmbeddingSettings.precision, flag: embedding.precision)
        models = reader.value(of: EmbeddingSettings.models, flag: embedding.models)
        variants = reader.value(of: EmbeddingSettings.variants, flag: embedding.variants)
        engine = EmbeddingOptions(
            threads: reader.value(of: EmbeddingSettings.threads, flag: embedding.threads),
            maxBatchTokens: reader.value(of: EmbeddingSettings.maxBatchTokens, flag: embedding.maxBatchTokens),
            maxBatchWait: reader.value(of: EmbeddingSettings.maxBatchWait, flag: embedding.maxBatchWait),
            maxQueuedTokens: reader.value(of: EmbeddingSettings.maxQueuedTokens, flag: embedding.maxQueuedTokens),
            maxQueuedAttributions: reader.value(
                of: EmbeddingSettings.maxQueuedAttributions, flag: embedding.maxQueuedAttributions),
            maxCacheBytes: reader.value(of: EmbeddingSettings.maxCacheBytes, flag: embedding.maxCacheBytes),
            maxTextTokens: reader.value(of: EmbeddingSettings.maxTextTokens, flag: embedding.maxTextTokens))
    }
}

/// The flags that only the embedding service has. Their values are texts: `EmbeddingConfiguration` reads them with all
/// other sources.
struct EmbeddingFlags: ParsableArguments {
    @Option(name: EmbeddingSettings.encoder.flag, help: EmbeddingSettings.encoder.help)
    var encoder: String?

    @Option(name: EmbeddingSettings.precision.flag, help: EmbeddingSettings.precision.help)
    var precision: String?

    @Option(name: EmbeddingSettings.models.flag, help: EmbeddingSettings.models.help)
    var models: String?

    @Option(name: EmbeddingSettings.variants.flag, help: EmbeddingSettings.variants.help)
    var variants: String?

    @Option(name: EmbeddingSettings.threads.flag, help: EmbeddingSettings.threads.help)
    var threads: String?

    @Option(name: EmbeddingSettings.maxBatchTokens.flag, help: EmbeddingSettings.maxBatchTokens.help)
    var maxBatchTokens: String?

    @Option(name: EmbeddingSettings.maxBatchWait.flag, help: EmbeddingSettings.maxBatchWait.help)
    var maxBatchWait: String?

    @Option(name: EmbeddingSettings.maxQueuedTokens.flag, help: EmbeddingSettings.maxQueuedTokens.help)
    var maxQueuedTokens: String?

    @Option(name: EmbeddingSettings.maxQueuedAttributions.flag, help: EmbeddingSettings.maxQueuedAttributions.help)
    var maxQueuedAttributions: String?

    @Option(name: EmbeddingSettings.maxCacheBytes.flag, help: EmbeddingSettings.maxCacheBytes.help)
    var maxCacheBytes: String?

    @Option(name: EmbeddingSettings.maxTextTokens.flag, help: EmbeddingSettings.maxTextTokens.help)
    var maxTextTokens: String?
}

enum EmbeddingSettings {
    private static let defaults = EmbeddingOptions()

    static let encoder = Setting.text(
        "encoder", "A BERT checkpoint: config.json, vocab.txt and model.safetensors.",
        expected: "the path of a folder", fallback: "models/encoder")
    static let precision = Setting<EncoderPrecision>(
        "precision",
        "Numbers that the encoder computes with: int8 is faster, and its vectors are only close to those that models are "
            + "trained on; who asks for vectors of fp32, as the edge does where a verdict is close, gets them in any case.",
        expected: EncoderPrecision.allCases.map(\.rawValue).joined(separator: " or "), fallback: .fp32,
        fallbackText: EncoderPrecision.fp32.rawValue, parse: EncoderPrecision.init(rawValue:))
    static let models = Setting.text(
        "models", "The folder of trained models, in it VARIANT/adapter.safetensors of each of the encoder's variants.",
        expected: "the path of a folder", fallback: "models")
    static let variants = Setting<[EncoderVariant]?>(
        "variants",
        "Variants of the encoder to load, with commas between them; what is named must be there: each takes a quarter of "
            + "the layers' memory.",
        expected: EncoderVariant.allCases.map(\.rawValue).joined(separator: ", ") + ", with commas between several",
        fallback: nil, fallbackText: "those in the folder of models that belong to the encoder"
    ) { text in
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { EncoderVariant(rawValue: String($0.filter { !$0.isWhitespace })) }
        return names.contains(nil) ? nil : names.compactMap(\.self)
    }
    static let threads = Setting.number(
        "threads",
        "Threads that compute, each a pass of its own: as many as cores; more only take them from each other.",
        in: 1...1024, fallback: ProcessInfo.processInfo.activeProcessorCount, fallbackText: "the machine's cores")
    static let maxBatchTokens = Setting.number(
        "max-batch-tokens",
        "Most tokens in one forward pass: more is better throughput (little beyond 512), and short requests wait longer "
            + "behind long passes.",
        in: 64...1_000_000, fallback: defaults.maxBatchTokens)
    static let maxBatchWait = Setting.duration(
        "max-batch-wait",
        "How long a forward pass waits for more texts while it is not full: longer makes fewer, fuller passes for many "
            + "small callers, and each of them waits.",
        fallback: defaults.maxBatchWait)
    static let maxQueuedTokens = Setting.number(
        "max-queued-tokens",
        "Most tokens that wait; calls beyond it are refused as overloaded and told when to come again: more takes "
            + "bursts without refusals, and calls wait longer.",
        in: 1...1_000_000_000, fallback: defaults.maxQueuedTokens)
    static let maxQueuedAttributions = Setting.number(
        "max-queued-attributions",
        "Most texts that wait to have their tokens weighed, in one call or in all; more are refused as overloaded: each "
            + "takes a thread as long as a hundred embeddings, so more lets explanations wait longer.",
        in: 1...10_000, fallback: defaults.maxQueuedAttributions)
    static let maxCacheBytes = Setting.number(
        "max-cache-bytes",
        "Most bytes of vectors that are kept, about 3.5 KiB each: more texts are never computed again, for memory; 0 "
            + "keeps none.",
        in: 0...(1 << 40), fallback: defaults.maxCacheBytes)
    static let maxTextTokens = Setting.number(
        "max-text-tokens",
        "Most tokens of one text, special ones included, at most the encoder's own limit; what is longer loses its end: "
            + "more reads long lines to their end, for time. Models are trained on the default.",
        in: 2...1_000_000, fallback: defaults.maxTextTokens)
}
