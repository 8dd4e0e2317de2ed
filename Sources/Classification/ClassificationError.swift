public import TocsinCore

/// Why a whole batch has no verdicts.
public enum ClassificationError: Error, Sendable, Equatable {
    /// No model has that name.
    case unknownModel(name: String, documented: [String])
    /// The name is a documented one, but the model is not here.
    case modelNotLoaded(name: String, reason: String, loaded: [String])
    /// The vectors come from another encoder than the model's.
    case wrongEncoder(model: String, found: String, expected: String)
    /// The lines were read with another feature table or template tree than the model's.
    case wrongFeatureSchema(model: String, found: FeatureSchema, expected: FeatureSchema)
    /// The batch's columns do not fit together.
    case malformedBatch(String)
    /// The model failed on a batch that is in order.
    case failed(model: String, reason: String)
}

extension ClassificationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownModel(let name, let documented):
            "there is no model '\(name.excerpt)'; ask for one of \(documented.joined(separator: ", "))"
        case .modelNotLoaded(let name, let reason, let loaded):
            "model '\(name)' is not loaded: \(reason); loaded: \(loaded.joined(separator: ", "))"
        case .wrongEncoder(let model, let found, let expected):
            "model '\(model)' was trained on vectors of encoder \(expected), these are of \(found); "
                + "start the embedding tier with the model's encoder or train the model anew"
        case .wrongFeatureSchema(let model, let found, let expected):
            "model '\(model)' was trained with feature schema \(expected.version) and template tree "
                + "\(expected.templateTreeSHA256), these lines were read with \(found.version) and "
                + "\(found.templateTreeSHA256); start the parsing tier with the model's tree or train the model anew"
        case .malformedBatch(let reason):
            "the batch does not fit together: \(reason)"
        case .failed(let model, let reason):
            "model '\(model)' failed: \(reason)"
        }
    }
}
