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
        // The model that was activated answers where none is named; one that is gone is as if it never was.
        let activated = ActivationFile(modelsDirectory: modelsDirectory).read().flatMap {
            ModelArtifact.exists($0, in: modelsDirectory) ? $0 : nil
        }
        async let classifying = LocalClassifyingTier(
            ClassificationEngine(modelsDirectory: modelsDirectory, active: activated ?? .ml))
        let parsing = try LocalParsingTier(
            modelsDirectory: modelsDirectory, formatDirectories: formatDirectories,
            timestampDefaults: timestampDefaults)
        return Tiers(parsing: parsing, embedding: try await embedding, classifying: try await classifying)
    }
}
