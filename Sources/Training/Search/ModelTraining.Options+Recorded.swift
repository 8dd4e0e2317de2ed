public import Classification
internal import TreeEnsemble

extension ModelTraining.Options {
    /// The settings that a model was trained with, so that what is measured anew is the same model.
    public init(recorded manifest: ModelManifest, seed: Int, threads: Int) throws(TrainingError) {
        let settings = manifest.training.parameters
        guard let algorithm = TreeParameters.Algorithm.allCases.first(where: { $0.displayName == manifest.algorithm }),
            let parameters = TreeParameters(algorithm, named: settings, seed: seed)
        else { throw .unknownSettings(model: manifest.name, algorithm: manifest.algorithm) }
        self.init(algorithm: algorithm, seed: seed, threads: threads)
        self.parameters = parameters
        addsSyntheticRows = settings["smote"] == "true"
        weighting.classBalance = settings["class_balance"].flatMap(Double.init) ?? weighting.classBalance
        weighting.templateBalance = settings["template_balance"].flatMap(Double.init) ?? weighting.templateBalance
        weighting.originBalance = settings["origin_balance"].flatMap(Double.init) ?? 0
    }
}
