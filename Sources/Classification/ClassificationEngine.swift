internal import LineFeatures
internal import MatrixMath
internal import Synchronization
public import TocsinCore

/// Gives rows of vector and features a class, by any of the models that are loaded.
///
/// Verdicts are a pure function of the row and the model: a batch equals its rows one by one. Each call runs on the
/// thread that calls; calls run side by side, and a call keeps the model it began with when another is loaded.
public final class ClassificationEngine: Sendable {
    /// A model's folder, loaded.
    private struct Loaded {
        var model: any ServingModel
        /// Nil where the folder keeps none.
        var knownTemplates: KnownTemplates?
        var details: ModelDetails
    }

    private struct State {
        var models: [ModelName: Loaded]
        /// Why a documented model that is not among `models` is not there.
        var reasons: [ModelName: String]
        var active: ModelName
    }
    private let state: Mutex<State>

    /// Loads every documented model that has a folder in `modelsDirectory`; one that is there and broken is refused.
    ///
    /// - Parameters:
    ///   - active: the model that answers where a batch names none.
    ///   - loadsOthers: false loads no more than the active one's verdicts depend on.
    public init(modelsDirectory: String, active: ModelName = .ml, loadsOthers: Bool = true) throws(ModelError) {
        // What is far from everything that a mixture knows is told by the templates of the first model that it mixes.
        let needed: Set<ModelName> = active == .ensemble ? [.ensemble, .ml] : [active]
        state = Mutex(
            try Self.load(
                loadsOthers ? ModelName.allCases : ModelName.allCases.filter(needed.contains), active, modelsDirectory))
    }

    private static func load(
        _ names: [ModelName], _ active: ModelName, _ directory: String
    ) throws(ModelError) -> State {
        var state = State(models: [:], reasons: [:], active: active)
        for name in names {
            let manifestPath = "\(directory)/\(name.rawValue)/\(ModelManifest.fileName)"
            if name == active || ModelArtifact.exists(at: manifestPath) {
                state.models[name] = try load(name, from: directory, sharing: state.models)
            } else {
                state.reasons[name] = "'\(manifestPath)' does not exist, so it was not trained"
            }
        }
        return state
    }

    /// The kernels that multiply heads' matrices, such as `Haswell`.
    public var openBLASCore: String { OpenBLAS.coreName }

    /// The model that answers where a batch names none.
    public var active: ModelName { state.withLock(\.active) }

    /// The models that are loaded, the active one among them.
    public var models: [ModelInfo] {
        state.withLock { state in
            ModelName.allCases.compactMap { name in
                state.models[name].map { loaded in
                    var info = info(of: loaded.model, isActive: name == state.active)
                    info.details = loaded.details
                    return info
                }
            }
        }
    }

    /// What a loaded model says of its training and quality; nil where no model of that name is loaded.
    public func manifest(of name: ModelName) -> ModelManifest? {
        state.withLock { $0.models[name]?.model.manifest }
    }

    /// Throws where no model of that name is loaded.
    public func check(_ name: ModelName) throws(ClassificationError) {
        try state.withLock { state throws(ClassificationError) in _ = try Self.model(name, in: state) }
    }

    /// Makes a loaded model the one that answers where a batch names none.
    public func activate(_ name: ModelName) throws(ClassificationError) {
        try state.withLock { state throws(ClassificationError) in
            _ = try Self.model(name, in: state)
            state.active = name
        }
    }

    /// Loads a model anew from its folder; calls that run keep the one they have.
    public func reload(_ name: ModelName, from modelsDirectory: String) throws(ModelError) {
        let loaded = try Self.load(name, from: modelsDirectory, sharing: state.withLock(\.models))
        state.withLock { $0.models[name] = loaded }
    }

    /// A verdict on each row of the batch, in its order; a row whose features are no numbers fails alone.
    public func classify(_ batch: ClassifyBatch) throws(ClassificationError) -> ClassifiedBatch {
        let (model, isActive) = try model(named: batch.model)
        return try classify(batch, by: model, isActive: isActive)
    }

    func classify(
        _ batch: ClassifyBatch, by model: any ServingModel, isActive: Bool
    ) throws(ClassificationError) -> ClassifiedBatch {
        try Self.check(batch, against: model)
        do {
            let known = knownTemplates(of: model, encoderSHA256: batch.encoderSHA256s.first)
            return ClassifiedBatch(
                predictions: abstaining(try model.predictions(batch), on: batch, known: known),
                model: info(of: model, isActive: isActive))
        } catch {
            throw .failed(model: model.manifest.name, reason: "\(error)")
        }
    }

    /// The verdicts, not firm where a row is far from everything that the model knows.
    private func abstaining(
        _ predictions: [ItemResult<Prediction>], on batch: ClassifyBatch, known: KnownTemplates?
    ) -> [ItemResult<Prediction>] {
        guard let known, !batch.encoderSHA256s.isEmpty else { return predictions }
        let rows = predictions.indices.filter { (try? predictions[$0].get()) != nil }
        var predictions = predictions
        let areFar = known.areFar(rows.map { batch.vectors[$0].prefix(FeatureTable.embeddingCount) })
        for (row, isFar) in zip(rows, areFar) where isFar {
            predictions[row] = predictions[row].map { prediction in
                var prediction = prediction
                prediction.isAbstained = true
                return prediction
            }
        }
        return predictions
    }

    func model(named name: String?) throws(ClassificationError) -> (any ServingModel, isActive: Bool) {
        try state.withLock { state throws(ClassificationError) in
            guard let requested = name.map(ModelName.init) ?? state.active else {
                throw .unknownModel(name: name ?? "", documented: ModelName.allCases.map(\.rawValue))
            }
            return (try Self.model(requested, in: state), requested == state.active)
        }
    }

    /// The templates that a model knows, or else one that reads the same encoder's vectors.
    func knownTemplates(of model: any ServingModel, encoderSHA256: String?) -> KnownTemplates? {
        state.withLock { state in
            if let own = ModelName(rawValue: model.manifest.name).flatMap({ state.models[$0]?.knownTemplates }) {
                return own
            }
            let sameVectors = ModelName.allCases.compactMap { state.models[$0] }.filter {
                $0.model.encoders.first.map(\.sha256) == encoderSHA256
            }
            return sameVectors.compactMap(\.knownTemplates).first
        }
    }

    private static func model(_ name: ModelName, in state: borrowing State) throws(ClassificationError)
        -> any ServingModel
    {
        if let loaded = state.models[name] { return loaded.model }
        throw .modelNotLoaded(
            name: name.rawValue, reason: state.reasons[name] ?? "it was not asked for",
            loaded: ModelName.allCases.filter { state.models[$0] != nil }.map(\.rawValue))
    }

    private static func load(
        _ name: ModelName, from directory: String, sharing models: [ModelName: Loaded]
    ) throws(ModelError) -> Loaded {
        let path = directory + "/" + name.rawValue
        let artifact = try ModelArtifact(directory: path)
        guard artifact.manifest.name == name.rawValue else {
            throw .unreadableManifest(
                path: path + "/" + ModelManifest.fileName,
                reason: "it is of model '\(artifact.manifest.name)', not '\(name.rawValue)'")
        }
        return Loaded(
            model: try artifact.load(sharing: models.values.map(\.model)),
            knownTemplates: try artifact.knownTemplates(), details: try artifact.details())
    }

    private func info(of model: any ServingModel, isActive: Bool) -> ModelInfo {
        ModelInfo(
            name: model.manifest.name, algorithm: model.manifest.algorithm, version: model.manifest.version,
            sha256: model.sha256, isActive: isActive,
            encoderVariants: model.encoders.map(\.variant))
    }

    private static func check(
        _ batch: ClassifyBatch, against model: any ServingModel
    ) throws(ClassificationError) {
        let (manifest, encoders) = (model.manifest, model.encoders.map(\.sha256))
        guard batch.encoderSHA256s == encoders else {
            throw .wrongEncoder(
                model: manifest.name, found: batch.encoderSHA256s.joined(separator: ", "),
                expected: encoders.joined(separator: ", "))
        }
        guard encoders.isEmpty || batch.vectors.dimension == encoders.count * FeatureTable.embeddingCount,
            batch.features.dimension == FeatureTable.lineFeatureCount
        else {
            throw .malformedBatch(
                "vectors of \(batch.vectors.dimension) and features of \(batch.features.dimension) columns in place "
                    + "of \(encoders.count * FeatureTable.embeddingCount) and \(FeatureTable.lineFeatureCount)")
        }
        let counts = [
            encoders.isEmpty ? batch.count : batch.vectors.count, batch.features.count, batch.modelTexts.count,
            batch.modelTemplates.count,
            batch.logTypes.count,
        ]
        guard Set(counts).count == 1 else {
            throw .malformedBatch(
                "vectors, features, model texts, model templates and log types have \(counts) rows; "
                    + "send the same number of each")
        }
        guard batch.featureSchema == manifest.featureSchema else {
            throw .wrongFeatureSchema(
                model: manifest.name, found: batch.featureSchema, expected: manifest.featureSchema)
        }
    }
}
