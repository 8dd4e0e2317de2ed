/// Why a checkpoint directory cannot be loaded.
public enum CheckpointError: Error, Sendable, Hashable {
    case unreadable(path: String, reason: String)
    case malformed(path: String, reason: String)
    case unsupported(path: String, found: String, expected: String)
    case missingTensor(path: String, name: String)
    case wrongShape(path: String, tensor: String, found: [Int], expected: [Int])
    case wrongVocabulary(path: String, pieces: Int, expected: Int)
}

extension CheckpointError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read '\(path)': \(reason); an encoder directory holds config.json, vocab.txt and model.safetensors"
        case .malformed(let path, let reason):
            "'\(path)' is damaged: \(reason); fetch the checkpoint again"
        case .unsupported(let path, let found, let expected):
            "'\(path)' has \(found), expected \(expected); take a BERT checkpoint"
        case .missingTensor(let path, let name):
            "'\(path)' has no tensor '\(name)'; take a BERT checkpoint with all of config.json's layers"
        case .wrongShape(let path, let tensor, let found, let expected):
            "'\(path)' has '\(tensor)' of shape \(found), expected \(expected) by config.json; fetch both again"
        case .wrongVocabulary(let path, let pieces, let expected):
            "'\(path)' has \(pieces) pieces, config.json says at most \(expected); fetch both again"
        }
    }
}
