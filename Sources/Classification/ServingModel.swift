internal import Heads
internal import LineFeatures
public import TocsinCore

/// A model that is loaded and can be asked.
protocol ServingModel: Sendable {
    var manifest: ModelManifest { get }
    /// SHA-256 of the manifest.
    var sha256: String { get }
    /// The encoders whose vectors the model reads, in the order of the batch's columns.
    var encoders: [ModelEncoder] { get }
    /// The margins of each row's classes, before calibration; a row with a number that is not finite fails alone.
    func margins(_ batch: ClassifyBatch) throws -> [ItemResult<[Float]>]

    /// What adds up to a class's margin of a row that has a verdict; nil where the model's margin is no sum of parts.
    func marginParts(ofRow row: Int, in batch: ClassifyBatch, for anomalyClass: AnomalyClass) throws -> MarginParts?
}

/// A variant of the encoder, and the hash of the weights that a model was trained with.
public struct ModelEncoder: Sendable, Hashable {
    public var variant: EncoderVariant
    public var sha256: String
}

extension ServingModel {
    func marginParts(ofRow row: Int, in batch: ClassifyBatch, for anomalyClass: AnomalyClass) -> MarginParts? { nil }

    /// A verdict on each row.
    func predictions(_ batch: ClassifyBatch) throws -> [ItemResult<Prediction>] {
        try margins(batch).map { $0.map { prediction($0[...]) } }
    }

    /// The verdict that a row's margins give.
    func prediction(_ margins: ArraySlice<Float>) -> Prediction {
        let calibration = Calibration(temperature: manifest.temperature)
        var prediction = Prediction(probabilities: calibration.probabilities(ofMargins: margins))
        prediction.isAbstained = Double(prediction.confidence) < manifest.abstentionThreshold
        return prediction
    }
}

extension ModelArtifact {
    /// Loads the model that the folder holds: a head where it has one, trees otherwise.
    ///
    /// - Parameter loaded: models that a mixture need not load a second time.
    func load(sharing loaded: [any ServingModel] = []) throws(ModelError) -> any ServingModel {
        if files[Mixture.fileName] != nil { return try EnsembleModel(self, sharing: loaded) }
        if files[WordsHead.fileName] != nil { return try WordsModel(self) }
        if files[TrainedHead.fileName] != nil { return try HeadModel(self) }
        return try TreeModel(self)
    }

    /// The templates that the model knows; nil where the folder has none.
    public func knownTemplates() throws(ModelError) -> KnownTemplates? {
        let file = KnownTemplates.fileName
        guard let bytes = files[file] else { return nil }
        let known: KnownTemplates
        do { known = try KnownTemplates(file: bytes) } catch {
            throw .unusable(path: file, reason: "\(error)")
        }
        guard known.dimension == FeatureTable.embeddingCount else {
            throw .unusable(
                path: file,
                reason: "its vectors have \(known.dimension) components in place of \(FeatureTable.embeddingCount)")
        }
        return known
    }

    /// Loads the model and lets it go: throws where it cannot be served.
    ///
    /// - Returns: the encoders whose vectors it reads.
    @discardableResult
    public func verify() throws(ModelError) -> [ModelEncoder] {
        let model = try load()
        _ = try knownTemplates()
        _ = try details()
        return model.encoders
    }
}
