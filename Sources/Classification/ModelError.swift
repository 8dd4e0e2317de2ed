/// Why a model's folder was refused.
public enum ModelError: Error, Sendable, Equatable {
    case missingFile(path: String, reason: String)
    case unreadableManifest(path: String, reason: String)
    case wrongFormatVersion(path: String, found: Int, expected: Int)
    case wrongFeatureSchema(path: String, found: Int, expected: Int)
    case wrongClasses(path: String, found: [String], expected: [String])
    case wrongSize(path: String, found: Int, expected: Int)
    case wrongHash(path: String, found: String, expected: String)
    /// The file is whole, but no model of this program.
    case unusable(path: String, reason: String)
}

extension ModelError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingFile(let path, let reason):
            "'\(path)' cannot be read: \(reason); fetch the model's folder again or train it"
        case .unreadableManifest(let path, let reason):
            "'\(path)' is no model manifest: \(reason); fetch the model's folder again or train it"
        case .wrongFormatVersion(let path, let found, let expected):
            "'\(path)' has layout version \(found), this program reads \(expected); train the model anew"
        case .wrongFeatureSchema(let path, let found, let expected):
            "'\(path)' was trained on feature schema \(found), this program computes \(expected); train the model anew"
        case .wrongClasses(let path, let found, let expected):
            "'\(path)' has the classes \(found.joined(separator: " ")) in place of "
                + "\(expected.joined(separator: " ")); train the model anew"
        case .wrongSize(let path, let found, let expected):
            "'\(path)' has \(found) bytes in place of \(expected): it was cut or changed; fetch it again"
        case .wrongHash(let path, let found, let expected):
            "'\(path)' has SHA-256 \(found) in place of \(expected): it was changed; fetch it again"
        case .unusable(let path, let reason):
            "'\(path)' holds no model that this program can use: \(reason); train the model anew"
        }
    }
}
