/// Why a checkpoint directory, or the adapters of one of its variants, cannot be loaded or written.
public enum CheckpointError: Error, Sendable, Hashable {
    case unreadable(path: String, reason: String)
    case malformed(path: String, reason: String)
    case unsupported(path: String, found: String, expected: String)
    case missingTensor(path: String, name: String)
    case wrongShape(path: String, tensor: String, found: [Int], expected: [Int])
    case wrongVocabulary(path: String, pieces: Int, expected: Int)
    /// The file is whole but holds no adapters for this encoder.
    case unfitAdapters(path: String, reason: String)
    case unwritable(path: String, reason: String)
}

extension CheckpointError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read '\(path)': \(reason); an encoder directory holds config.json, vocab.txt and model.safetensors"
        case .malformed(let path, let reason):
            "'\(path)' is damaged: \(reason); fetch or train it again"
        case .unsupported(let path, let found, let expected):
            "'\(path)' has \(found), expected \(expected); take a file that has"
        case .missingTensor(let path, let name):
            "'\(path)' has no tensor '\(name)'; take a BERT checkpoint with all of config.json's layers"
        case .wrongShape(let path, let tensor, let found, let expected):
            "'\(path)' has '\(tensor)' of shape \(found), expected \(expected) by config.json; fetch both again"
        case .unfitAdapters(let path, let reason):
            "'\(path)' holds no adapters for this encoder: \(reason); train the variant on this encoder"
        case .unwritable(let path, let reason):
            "cannot write '\(path)': \(reason); what was there before is untouched; see to the folder's rights and space"
        case .wrongVocabulary(let path, let pieces, let expected):
            "'\(path)' has \(pieces) pieces, config.json says at most \(expected); fetch both again"
        }
    }
}
