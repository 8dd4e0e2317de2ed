internal import Foundation
internal import LineFeatures
internal import TocsinCore

/// A loaded mixture of the models in the folders beside its own: the weighted sum of what each says.
struct EnsembleModel: ServingModel {
    let manifest: ModelManifest
    let sha256: String
    private let components: [(model: any ServingModel, weight: Float)]

    /// - Parameter loaded: models that need not be loaded a second time where they are mixed.
    init(_ artifact: ModelArtifact, sharing loaded: [any ServingModel]) throws(ModelError) {
        let file = Mixture.fileName
        let mixture: Mixture
        do {
            mixture = try JSONDecoder().decode(Mixture.self, from: Data(artifact.files[file] ?? []))
        } catch {
            throw .unusable(path: file, reason: "it is no JSON of a mixture: \(error)")
        }
        var components: [(any ServingModel, Float)] = []
        for component in mixture.components {
            guard let name = ModelName(rawValue: component.model), name != .ensemble, component.weight.isFinite else {
                throw .unusable(path: file, reason: "'\(component.model)' is no model that can be mixed")
            }
            let path = "\(artifact.directory)/../\(name.rawValue)"
            let shared = loaded.first { $0.sha256 == component.sha256 }
            let model = if let shared { shared } else { try ModelArtifact(directory: path).load() }
            guard model.sha256 == component.sha256 else {
                throw .unusable(
                    path: "\(artifact.directory)/\(file)",
                    reason: "it was fitted to another '\(name.rawValue)' than the one beside it "
                        + "(tocsin train ensemble fits it)")
            }
            guard model.manifest.featureSchema == artifact.manifest.featureSchema else {
                throw .unusable(path: path, reason: "its lines were read with another feature table or template tree")
            }
            components.append((model, Float(component.weight)))
        }
        guard !components.isEmpty else { throw .unusable(path: file, reason: "it mixes no model") }
        self.components = components
        manifest = artifact.manifest
        sha256 = artifact.sha256
    }

    var encoders: [ModelEncoder] { components.flatMap(\.model.encoders) }

    func margins(_ batch: ClassifyBatch) throws -> [ItemResult<[Float]>] {
        var sums = [ItemResult<[Float]>](
            repeating: .success([Float](repeating: 0, count: AnomalyClass.count)), count: batch.count)
        var firstEncoder = 0
        for (model, weight) in components {
            let encoders = firstEncoder..<firstEncoder + model.encoders.count
            firstEncoder = encoders.upperBound
            let parts = try model.margins(batch.reading(encoders))
            let calibration = Calibration(temperature: model.manifest.temperature)
            for (row, part) in parts.enumerated() {
                sums[row] = sums[row].flatMap { sum in
                    part.map { margins in
                        zip(sum, calibration.probabilities(ofMargins: margins[...])).map { sum, probability in
                            sum + weight * log(max(probability, Self.leastProbability))
                        }
                    }
                }
            }
        }
        return sums
    }

    /// Less does not count as less: no component rules a class out alone.
    private static let leastProbability: Float = 1e-9
}

extension ClassifyBatch {
    /// The batch with the vectors of some of its encoders.
    fileprivate func reading(_ encoders: Range<Int>) -> ClassifyBatch {
        guard encoders.count < encoderSHA256s.count else { return self }
        let width = FeatureTable.embeddingCount
        var batch = self
        batch.encoderSHA256s = Array(encoderSHA256s[encoders])
        batch.vectors = VectorBlock(dimension: max(encoders.count * width, 1))
        guard !encoders.isEmpty else { return batch }
        batch.vectors.reserveCapacity(rows: count)
        for row in 0..<count {
            let values = vectors[row]
            batch.vectors.append(
                values[
                    values.startIndex + encoders.lowerBound * width..<values.startIndex + encoders.upperBound * width])
        }
        return batch
    }
}
