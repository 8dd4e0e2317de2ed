/// Why a model could not be trained or evaluated.
public enum TrainingError: Error, Sendable, Equatable {
    case noData(String)
    /// A class has too few lines.
    case missingClass(name: String)
    /// The encoder is not the one that the model reads.
    case wrongEncoder(model: String, found: String, expected: String)
    /// A manifest does not say how its trees were grown.
    case unknownSettings(model: String, algorithm: String)
}

extension TrainingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noData(let reason): "there is nothing to train on: \(reason)"
        case .wrongEncoder(let model, let found, let expected):
            "model '\(model)' reads vectors of encoder \(expected), these are of \(found); name the model's own with "
                + "--encoder"
        case .unknownSettings(let model, let algorithm):
            "the manifest of '\(model)', a model of \(algorithm), does not name every setting of its trees; train it anew"
        case .missingClass(let name): "no training line is of class '\(name)'; every class needs lines"
        }
    }
}
