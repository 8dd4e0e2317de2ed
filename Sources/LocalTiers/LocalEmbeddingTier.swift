public import Embedding
public import Pipeline
public import TocsinCore

/// The embedding tier in this process.
public struct LocalEmbeddingTier: EmbeddingTier {
    private let engine: EmbeddingEngine

    public init(_ engine: EmbeddingEngine) { self.engine = engine }

    public func embed(_ batch: EmbedBatch) async throws -> EmbeddedBatch {
        do {
            return try await engine.embed(batch)
        } catch let error as EmbeddingError {
            throw TierError(error)
        }
    }

    public func attribute(_ batch: AttributeBatch) async throws -> AttributedBatch {
        do {
            return try await engine.attribute(batch)
        } catch let error as EmbeddingError {
            throw TierError(error)
        }
    }

    public func info() async throws -> TierInfo { engine.info() }
}

extension TierError {
    init(_ error: EmbeddingError) {
        self =
            switch error {
            case .variantNotLoaded, .precisionNotLoaded, .tooManyTexts, .noHead, .unfitTargets:
                .invalidRequest(tier: "embedding", reason: error.description)
            case .overloaded(_, _, let retryAfter), .attributionsOverloaded(_, _, let retryAfter):
                .overloaded(tier: "embedding", reason: error.description, retryAfter: retryAfter)
            case .shutDown: .unavailable(tier: "embedding", reason: error.description)
            }
    }
}
