internal import Heads
internal import TocsinCore

/// A model that is loaded and can be asked.
protocol ServingModel: Sendable {
    var manifest: ModelManifest { get }
    /// SHA-256 of the manifest.
    var sha256: String { get }
    /// A verdict on each row; a row with a number that is not finite fails alone.
    ///
    /// - Parameters:
    ///   - vectors: `[rows, 768]`.
    ///   - features: `[rows, 22]`.
    func predictions(vectors: VectorBlock, features: VectorBlock) throws -> [ItemResult<Prediction>]
}

extension ServingModel {
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
    func load() throws(ModelError) -> any ServingModel {
        if files[TrainedHead.fileName] != nil { return try HeadModel(self) }
        return try TreeModel(self)
    }

    /// Loads the model and lets it go: throws where it cannot be served.
    public func verify() throws(ModelError) { _ = try load() }
}
