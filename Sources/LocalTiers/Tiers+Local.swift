internal import Classification
public import Embedding
internal import LogParsing
public import Pipeline
internal import TocsinCore

extension Tiers {
    /// All three tiers in this process, loaded side by side.
    ///
    /// - Parameters:
    ///   - modelsDirectory: with `templates/` and a folder for each model.
    ///   - encoderDirectory: a BERT checkpoint.
    /// - Throws: `FrozenTreeError`, `FormatError`, `CheckpointError` or `ModelError`.
    public static func local(
        modelsDirectory: String, encoderDirectory: String, embedding options: EmbeddingOptions = EmbeddingOptions()
    ) async throws -> Tiers {
        async let embedding = LocalEmbeddingTier(
            EmbeddingEngine(encoderDirectory: encoderDirectory, options: options, version: ProgramVersion.current))
        async let classifying = LocalClassifyingTier(ClassificationEngine(modelsDirectory: modelsDirectory))
        let parsing = try LocalParsingTier(modelsDirectory: modelsDirectory)
        return Tiers(parsing: parsing, embedding: try await embedding, classifying: try await classifying)
    }
}
