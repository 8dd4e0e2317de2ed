public import Classification
internal import Foundation
public import TocsinCore

/// Makes the ensemble: weights of the models that are there, from their recorded verdicts on unseen templates.
public struct EnsembleTraining {
    private let modelsDirectory: String
    /// The models that are mixed, in the order of their definition.
    public let models: [ModelName]
    private let tables: [OutOfFoldTable]
    /// Of the same models' verdicts with the encoder in 8-bit numbers.
    private let quantizedTables: [OutOfFoldTable]

    /// - Parameter protocols: that each model's verdicts must be recorded under.
    public init(modelsDirectory: String, protocols: [EvaluationProtocol] = [.templates]) throws {
        self.modelsDirectory = modelsDirectory
        var found: [(ModelName, OutOfFoldTable)] = []
        var quantized: [OutOfFoldTable] = []
        for name in ModelName.allCases where name != .ensemble {
            let table = try OutOfFoldTable(of: name, in: modelsDirectory)
            guard protocols.allSatisfy({ table.verdicts[$0] != nil }) else { continue }
            found.append((name, table))
            // Words read no vectors: numbers of any kind give the same verdict.
            quantized.append(name == .words ? table : try OutOfFoldTable(of: name, in: modelsDirectory, .int8))
        }
        guard found.count > 1 else {
            throw TrainingError.noData(
                "'\(modelsDirectory)' has fewer than two models with verdicts of protocol "
                    + protocols.map(\.rawValue).joined(separator: " and ") + "; record them with evaluate --retrain")
        }
        models = found.map(\.0)
        tables = found.map(\.1)
        quantizedTables = quantized
    }

    /// The mixture's verdicts under a protocol: each split's by weights that were fitted on the others, with vectors of
    /// single precision.
    ///
    /// - Parameter precision: of the vectors that the models are asked with.
    public func outOfFold(
        _ evaluationProtocol: EvaluationProtocol, _ precision: EncoderPrecision = .fp32
    ) throws -> [TemplateVerdict] {
        let fitted = try components(evaluationProtocol, tables)
        let asked = precision == .fp32 ? fitted : try components(evaluationProtocol, quantizedTables)
        return EnsembleFit().verdicts(fitted, asking: asked)
    }

    /// Every model's calibrated verdicts on the same templates.
    private func components(
        _ evaluationProtocol: EvaluationProtocol, _ tables: [OutOfFoldTable]
    ) throws -> [[TemplateVerdict]] {
        let verdicts = tables.compactMap { table in
            table.verdicts[evaluationProtocol].map { $0.calibrated().sorted { ($0.split, $0.id) < ($1.split, $1.id) } }
        }
        guard let first = verdicts.first, verdicts.count == tables.count else {
            throw TrainingError.noData(
                "not every model has verdicts of protocol \(evaluationProtocol.rawValue) in these numbers; record them "
                    + "with evaluate --retrain")
        }
        for (name, other) in zip(models, verdicts)
        where !other.elementsEqual(first, by: { $0.id == $1.id && $0.split == $1.split && $0.label == $1.label }) {
            throw TrainingError.noData(
                "the verdicts of '\(name.rawValue)' are on other templates or splits than those of "
                    + "'\(models[0].rawValue)'; record them anew with evaluate --retrain")
        }
        return verdicts
    }

    /// Fits the weights on all recorded verdicts and writes the ensemble's folder.
    public func write() throws -> ModelArtifact {
        let verdicts = try components(.templates, tables)
        let weights = EnsembleFit().weights(verdicts)
        var table = OutOfFoldTable()
        for name in [EvaluationProtocol.templates, .sources] where tables.allSatisfy({ $0.verdicts[name] != nil }) {
            table.verdicts[name] = try outOfFold(name)
        }
        let artifacts = try models.map { try ModelArtifact(directory: "\(modelsDirectory)/\($0.rawValue)") }
        let mixture = Mixture(
            components: zip(artifacts, weights).map { artifact, weight in
                Mixture.Component(
                    model: artifact.manifest.name, sha256: artifact.sha256, weight: (weight * 10_000).rounded() / 10_000
                )
            })
        let file = try mixture.json()
        let first = artifacts[0].manifest
        var training = first.training
        training.parameters = Dictionary(
            uniqueKeysWithValues: mixture.components.map { ($0.model, "\($0.weight)") })
        let manifest = ModelManifest(
            name: ModelName.ensemble.rawValue, algorithm: "Mixture",
            version: "1." + SHA256.hexadecimalDigest(of: file).prefix(8), encoderSHA256: "",
            featureSchema: first.featureSchema, temperature: table.temperature,
            abstentionThreshold: ModelTraining.abstentionThreshold, training: training, metrics: [:])
        let directory = "\(modelsDirectory)/\(manifest.name)"
        let card = """
            # Model `\(manifest.name)`: a mixture, \(manifest.version)

            Adds up what other models say of a line: the logarithms of their calibrated probabilities, each times its
            weight, and softmax of the sum over the temperature \(manifest.temperature). Needs the folders of those models beside
            its own; others than the very ones it was fitted to are refused.

            | model | weight |
            |---|---|
            \(mixture.components.map { "| \($0.model) | \($0.weight) |" }.joined(separator: "\n"))

            The weights are those under which the labels of LogHub's templates are likeliest, each class counted alike,
            from what each model said of templates that it was not trained on.
            """
        try table.write(to: OutOfFoldTable.path(of: .ensemble, in: modelsDirectory))
        try ModelArtifact.write(
            manifest, files: [Mixture.fileName: file, ModelTraining.cardFileName: Array(card.utf8)], to: directory)
        let artifact = try RecordedQuality.add(to: .ensemble, in: modelsDirectory)
        try artifact.verify()
        return artifact
    }
}
