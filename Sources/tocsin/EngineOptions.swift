internal import ArgumentParser
internal import Classification
internal import Embedding
internal import Foundation
internal import LocalTiers
internal import LogFormats
internal import Pipeline
internal import TocsinCore

/// How the engines in this process compute.
struct EngineOptions: ParsableArguments {
    @Option(
        help: """
            Numbers of the encoder: fp32 (the default), or int8: faster; lines whose verdict is close are judged again with \
            fp32.
            """)
    var precision: EncoderPrecision?

    @Option(help: "Threads for the encoder. Default: the cores, here \(Self.cores).")
    var threads: Int?

    private static let cores = ProcessInfo.processInfo.activeProcessorCount

    /// Whether any of them was asked for.
    var areGiven: Bool { precision != nil || threads != nil }

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads is \(threads), expected at least 1") }
    }

    /// Loads all three tiers.
    func tiers(
        _ folders: ProjectFolders, models: LocalModels, defaultModel: ModelName = .ml, formatDirectories: [URL],
        timestampDefaults: @escaping @Sendable () -> Timestamp.Defaults
    ) async throws -> Tiers {
        var embedding = EmbeddingOptions()
        embedding.threads = threads ?? Self.cores
        return try await Tiers.local(
            modelsDirectory: folders.modelsDirectory(), encoderDirectory: folders.encoderDirectory(),
            models: models, defaultModel: defaultModel, precision: precision ?? .fp32, embedding: embedding,
            formatDirectories: formatDirectories, timestampDefaults: timestampDefaults)
    }
}
