import GRPCCore
import Pipeline
import ServiceKit
import TocsinCore
import WireMessages

/// `tocsin.classifier.v1.Classifier` over a classifying tier of this process.
struct ClassifierService: RegistrableRPCService {
    let tier: any ClassifyingTier

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.unary(.classify) { try await classify($0) }
        router.stream(.classifyStream) { try await classify($0) }
        router.unary(.explain) { try await explain($0) }
        router.unary(.activate) { request in
            try await tier.activate(request.model)
            return try await tier.info()
        }
        router.unary(.info(of: WireService.classifier)) { _ in try await tier.info() }
    }

    private func classify(_ batch: ClassifyBatch) async throws -> ClassifiedBatch {
        let classified = try await tier.classify(batch)
        CallContext.current?.countItems(in: classified.predictions)
        return classified
    }

    private func explain(_ batch: ExplainBatch) async throws -> ExplainedBatch {
        let explained = try await tier.explain(batch)
        CallContext.current?.countItems(in: explained.explanations)
        return explained
    }
}
