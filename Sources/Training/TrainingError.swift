/// Why a model could not be trained or evaluated.
public enum TrainingError: Error, Sendable, Equatable {
    case noData(String)
    /// A class has too few lines.
    case missingClass(name: String)
}

extension TrainingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noData(let reason): "there is nothing to train on: \(reason)"
        case .missingClass(let name): "no training line is of class '\(name)'; every class needs lines"
        }
    }
}
