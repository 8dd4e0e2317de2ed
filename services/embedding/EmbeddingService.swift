import GRPCCore
import Pipeline
import ServiceKit
import TocsinCore
import WireMessages

/// `tocsin.embedding.v1.Embedding` over an embedding tier of this process.
struct EmbeddingService: RegistrableRPCService {
    let tier: any EmbeddingTier

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.unary(.embed) { try await embed($0) }
        router.unary(.attribute) { try await attribute($0) }
        router.stream(.embedStream) { try await embed($0) }
        router.unary(.info(of: WireService.embedding)) { _ in try await tier.info() }
    }

    private func embed(_ batch: EmbedBatch) async throws -> EmbeddedBatch {
        let embedded = try await tier.embed(batch)
        CallContext.current?.countItems(
            answered: batch.count - embedded.failures.count, failed: embedded.failures.count)
        return embedded
    }

    private func attribute(_ batch: AttributeBatch) async throws -> AttributedBatch {
        let attributed = try await tier.attribute(batch)
        CallContext.current?.countItems(
            answered: batch.count - attributed.failures.count, failed: attributed.failures.count)
        return attributed
    }
}
