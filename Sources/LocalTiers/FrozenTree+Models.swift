public import Drain
internal import Foundation

/// Why a folder of models has no template tree that can be used.
public enum FrozenTreeError: Error, Sendable, Equatable {
    case unreadable(path: String, reason: String)
    case malformed(path: String, TemplateFileError)
}

extension FrozenTreeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read the template tree '\(path)': \(reason); name the folder of models, or train with 'tocsin train'"
        case .malformed(let path, let error):
            "'\(path)' is no template tree: \(error); fetch the folder of models again"
        }
    }
}

extension FrozenTree {
    /// The tree that the models in a folder were trained with.
    public init(modelsDirectory: String) throws(FrozenTreeError) {
        let path = modelsDirectory + "/templates/templates.json"
        let file: Data
        do { file = try Data(contentsOf: URL(filePath: path)) } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
        do { try self.init(decoding: [UInt8](file)) } catch { throw .malformed(path: path, error) }
    }
}
