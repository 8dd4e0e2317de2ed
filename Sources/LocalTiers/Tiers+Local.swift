internal import BERT
public import Classification
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
    ///   - models: those that are loaded, with the variants of the encoder that they read.
    ///   - defaultModel: the one that answers where none is named and none was activated.
    ///   - formatDirectories: folders with further log formats.
    ///   - timestampDefaults: what stands for the year and zone that lines leave out, asked for each batch.
    /// - Throws: `FrozenTreeError`, `FormatError`, `CheckpointError` or `ModelError`.
    public static func local(
        modelsDirectory: String, encoderDirectory: String, models: LocalModels = .all,
        defaultModel: ModelName = .ml, precision: EncoderPrecision = .fp32,
        embedding options: EmbeddingOptions = EmbeddingOptions(),
        formatDirectories: [URL] = [],
        timestampDefaults: @escaping @Sendable () -> Timestamp.Defaults = { Timestamp.Defaults() }
    ) async throws -> Tiers {
        // The model that was activated answers where none is named; one that is gone is as if it never was.
        let activationFile = ActivationFile(modelsDirectory: modelsDirectory)
        let activated = activationFile.read().flatMap {
            ModelArtifact.exists($0, in: modelsDirectory) ? $0 : nil
        }
        let active = activated ?? defaultModel
        let answering = models.answering(from: modelsDirectory, active: active)
        async let checkpoint = Checkpoint(directory: encoderDirectory, precision: precision)
        let classification = try ClassificationEngine(
            modelsDirectory: modelsDirectory, active: answering ?? active, loadsOthers: answering == nil)
        let encoders = try await EncoderSet(
            checkpoint, modelsDirectory: modelsDirectory,
            variants: answering.map { _ in classification.models.flatMap(\.encoderVariants) })
        let parsing = try LocalParsingTier(
            modelsDirectory: modelsDirectory, formatDirectories: formatDirectories,
            timestampDefaults: timestampDefaults)
        return Tiers(
            parsing: parsing,
            embedding: LocalEmbeddingTier(
                EmbeddingEngine(encoders, options: options, version: ProgramVersion.current)),
            classifying: LocalClassifyingTier(classification, activationFile: activationFile))
    }
}

/// Which models tiers in this process load: each takes time and memory.
public enum LocalModels: Sendable, Hashable {
    case all
    /// The one that is to answer; nil names the active one.
    case answering(String?)

    /// The model that answers alone; nil where all that are there are loaded.
    func answering(from modelsDirectory: String, active: ModelName) -> ModelName? {
        guard case .answering(let name) = self, let model = name.map(ModelName.init) ?? active,
            ModelArtifact.exists(model, in: modelsDirectory)
        else { return nil }
        return model
    }
}
