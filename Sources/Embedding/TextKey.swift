internal import TocsinCore

/// What makes two embeddings the same: the weights and the exact bytes of the text.
struct TextKey: Hashable, Sendable {
    let variant: EncoderVariant
    let text: [UInt8]
}

/// One text's result, shared by the cache and all who asked for it.
struct TextEmbedding: Sendable {
    /// `[768]`.
    let vector: [Float]
    /// Special tokens included.
    let tokenCount: Int
}
