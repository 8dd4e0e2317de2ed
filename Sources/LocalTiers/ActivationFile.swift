public import Classification
internal import Foundation

/// Remembers across restarts which model was made the active one: a file with its name.
public struct ActivationFile: Sendable, Hashable {
    public let path: String

    public init(path: String) { self.path = path }

    /// The remembered model; nil where none was remembered or the file names none.
    public func read() -> ModelName? {
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        let name = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return ModelName(rawValue: name)
    }

    /// Replaces the file at once, so that a reader never sees half of it.
    public func write(_ model: ModelName) throws(ActivationFileError) {
        do {
            try Data("\(model.rawValue)\n".utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw ActivationFileError(path: path, reason: error.localizedDescription)
        }
    }
}

/// Why an activation could not be remembered.
public struct ActivationFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String {
        "the active model cannot be remembered in '\(path)': \(reason); name a file that can be written with "
            + "--activation-file"
    }
}
