public import Pipeline
public import ServiceKit
public import TocsinCore
import WireMessages

/// The classifying tier behind a socket.
public struct RemoteClassifyingTier: ClassifyingTier {
    private let client: TierClient

    /// - Parameter client: must run, as one of the program's services, while the tier is used.
    public init(_ client: TierClient) { self.client = client }

    public func classify(_ batch: ClassifyBatch) async throws -> ClassifiedBatch {
        let classified = try await client.call(.classify, batch)
        try client.check("verdicts", answered: classified.predictions.count, asked: batch.count)
        return classified
    }

    public func explain(_ batch: ExplainBatch) async throws -> ExplainedBatch {
        let explained = try await client.call(.explain, batch)
        try client.check("explanations", answered: explained.explanations.count, asked: batch.count)
        return explained
    }

    /// Every replica or none: nothing is activated while one of them does not answer or has no such model. Each goes back
    /// to its own previous model.
    public func activate(_ model: String) async throws {
        let replicas = try await client.callEveryReplica(.info(of: WireService.classifier), InfoRequest())
        let able = replicas.count { model == Self.previousModel || $0.models.contains { $0.name == model } }
        guard able == replicas.count else {
            throw TierError.failed(
                tier: "classifier",
                reason: "\(replicas.count - able) of its \(replicas.count) replicas have no model '\(model)', so none "
                    + "was made to use it; give each the same folder of models")
        }
        _ = try await client.callEveryReplica(.activate, ActivateRequest(model: model))
    }

    public func info() async throws -> TierInfo { try await client.info(of: WireService.classifier) }
}
