internal import BERT
internal import Classification
public import Embedding
public import Foundation
public import LogFormats
internal import LogParsing
public import Pipeline
public import TocsinCore

extension Tiers {
    /// All three tiers in this process, loaded side by side.
    ///
    /// - Parameters:
    ///   - modelsDirectory: with `templates/` and a folder for each model.
    ///   - encoderDirectory: a BERT checkpoint.
    ///   - formatDirectories: folders with further log formats.
    ///   - timestampDefaults: what stands for the year and zone that lines leave out, asked for each batch.
    /// - Throws: `FrozenTreeError`, `FormatError`, `CheckpointError` or `ModelError`.
    public static func local(
        modelsDirectory: String, encoderDirectory: String, precision: EncoderPrecision = .fp32,
        embedding options: EmbeddingOptions = EmbeddingOptions(),
        formatDirectories: [URL] = [],
        timestampDefaults: @escaping @Sendable () -> Timestamp.Defaults = { Timestamp.Defaults() }
    ) async throws -> Tiers {
        async let embedding = LocalEmbeddingTier(
            EmbeddingEngine(
                EncoderSet(
                    Checkpoint(directory: encoderDirectory, precision: precision), modelsDirectory: modelsDirectory),
                options: options, version: ProgramVersion.current))
        async let classifying = LocalClassifyingTier(ClassificationEngine(modelsDirectory: modelsDirectory))
        let parsing = try LocalParsingTier(
            modelsDirectory: modelsDirectory, formatDirectories: formatDirectories,
            timestampDefaults: timestampDefaults)
        return Tiers(parsing: parsing, embedding: try await embedding, classifying: try await classifying)
    }
}
