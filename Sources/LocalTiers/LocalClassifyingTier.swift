public import Classification
public import Pipeline
public import TocsinCore

/// The classifying tier in this process.
public struct LocalClassifyingTier: ClassifyingTier {
    private let engine: ClassificationEngine
    /// The most rows in one call: more would keep others waiting.
    private let maxBatchItems: Int
    private let activationFile: ActivationFile?

    /// - Parameter activationFile: remembers which model was made the active one; nil forgets it at the end.
    public init(
        _ engine: ClassificationEngine, maxBatchItems: Int = 16_384, activationFile: ActivationFile? = nil
    ) {
        self.engine = engine
        self.activationFile = activationFile
        self.maxBatchItems = maxBatchItems
    }

    public func classify(_ batch: ClassifyBatch) async throws -> ClassifiedBatch {
        try Task.checkCancellation()
        try check(batch.count, limit: maxBatchItems)
        do { return try engine.classify(batch) } catch { throw TierError(error) }
    }

    public func explain(_ batch: ExplainBatch) async throws -> ExplainedBatch {
        try Task.checkCancellation()
        try check(batch.count, limit: min(maxBatchItems, Self.maxExplainedRows))
        do { return try engine.explain(batch) } catch { throw TierError(error) }
    }

    /// The most rows in one explanation: each takes as long as some hundred verdicts.
    private static let maxExplainedRows = 256

    private func check(_ count: Int, limit: Int) throws(TierError) {
        guard count <= limit else {
            throw .invalidRequest(
                tier: "classifier",
                reason: "the batch has \(count) rows, at most \(limit) are taken; send it in parts")
        }
    }

    public func activate(_ model: String) async throws {
        if model == Self.previousModel { return try goBack() }
        guard let name = ModelName(rawValue: model) else {
            throw TierError(.unknownModel(name: model, documented: ModelName.allCases.map(\.rawValue)))
        }
        do {
            // Remembered first: what cannot outlive a restart is not switched to.
            try engine.check(name)
            try activationFile?.write(name, replacing: engine.active)
            try engine.activate(name)
        } catch let error as ClassificationError {
            throw TierError(error)
        } catch {
            throw TierError.failed(tier: "classifier", reason: "\(error)")
        }
    }

    private func goBack() throws {
        guard let previous = activationFile?.previous() else {
            throw TierError.invalidRequest(
                tier: "classifier", reason: "no model was active before, so there is none to go back to")
        }
        do {
            try engine.check(previous)
            _ = try activationFile?.rollBack()
            try engine.activate(previous)
        } catch let error as ClassificationError {
            throw TierError(error)
        } catch {
            throw TierError.failed(tier: "classifier", reason: "\(error)")
        }
    }

    public func info() async throws -> TierInfo {
        TierInfo(
            tier: "classifier", version: ProgramVersion.current, maxBatchItems: maxBatchItems, maxItemBytes: 1 << 20,
            maxMessageBytes: 64 << 20, openBLASCore: engine.openBLASCore, models: engine.models)
    }
}

extension TierError {
    init(_ error: ClassificationError) {
        self =
            switch error {
            case .unknownModel, .modelNotLoaded, .wrongEncoder, .wrongFeatureSchema, .malformedBatch:
                .invalidRequest(tier: "classifier", reason: error.description)
            case .failed: .failed(tier: "classifier", reason: error.description)
            }
    }
}
