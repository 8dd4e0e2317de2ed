public import TocsinCore

/// Why a call to the embedding engine failed as a whole.
public enum EmbeddingError: Error, Sendable, Hashable {
    /// No adapters are loaded for this variant.
    case variantNotLoaded(EncoderVariant, loaded: [EncoderVariant])
    /// The engine computes in `loaded` and in single precision.
    case precisionNotLoaded(EncoderPrecision, loaded: EncoderPrecision)
    case tooManyTexts(Int, limit: Int)
    /// `retryAfter` is how long the queue takes to empty at the speed of the last passes.
    case overloaded(queuedTokens: Int, limit: Int, retryAfter: Duration)
    /// More texts would wait to have their tokens weighed than are let wait.
    case attributionsOverloaded(queuedTexts: Int, limit: Int, retryAfter: Duration)
    /// No head lies beside this variant's adapters, so it knows no classes.
    case noHead(EncoderVariant)
    /// What a call's texts are asked about does not fit them.
    case unfitTargets(String)
    case shutDown
}

extension EmbeddingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .variantNotLoaded(let variant, let loaded):
            "the encoder variant '\(variant.rawValue)' is not loaded, only "
                + loaded.map { "'\($0.rawValue)'" }.joined(separator: ", ") + "; ask for one of these"
        case .precisionNotLoaded(let precision, let loaded):
            "vectors of \(precision.rawValue) were asked for, this encoder computes in \(loaded.rawValue); ask for that, or "
                + "start it with --precision \(precision.rawValue)"
        case .tooManyTexts(let count, let limit):
            "the batch has \(count) texts, at most \(limit) are taken at once; send it in parts"
        case .overloaded(let queuedTokens, let limit, let retryAfter):
            "\(queuedTokens) tokens are waiting to be embedded, at most \(limit) may; try again in "
                + "\(Int(retryAfter / .milliseconds(1))) ms or raise --max-queued-tokens"
        case .attributionsOverloaded(let queuedTexts, let limit, let retryAfter):
            "\(queuedTexts) texts are waiting for attributions, at most \(limit) may; try again in "
                + "\(Int(retryAfter / .milliseconds(1))) ms or raise --max-queued-attributions"
        case .noHead(let variant):
            "the encoder variant '\(variant.rawValue)' has no head, so it knows no classes; send directions, or ask for a "
                + "variant that was trained with one"
        case .unfitTargets(let reason): reason
        case .shutDown: "the embedding engine is shutting down; try another replica"
        }
    }
}
