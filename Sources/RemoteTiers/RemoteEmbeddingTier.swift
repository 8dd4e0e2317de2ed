public import Pipeline
public import ServiceKit
public import TocsinCore
import WireMessages

/// The embedding tier behind a socket.
public struct RemoteEmbeddingTier: EmbeddingTier {
    private let client: TierClient

    /// - Parameter client: must run, as one of the program's services, while the tier is used.
    public init(_ client: TierClient) { self.client = client }

    public func embed(_ batch: EmbedBatch) async throws -> EmbeddedBatch {
        let embedded = try await client.call(.embed, batch)
        try client.check("vectors", answered: embedded.vectors.count, asked: batch.count)
        return embedded
    }

    public func attribute(_ batch: AttributeBatch) async throws -> AttributedBatch {
        let attributed = try await client.call(.attribute, batch)
        try client.check("attributions", answered: attributed.texts.count, asked: batch.count)
        return attributed
    }

    public func info() async throws -> TierInfo { try await client.info(of: WireService.embedding) }
}
