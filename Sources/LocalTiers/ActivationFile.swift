public import Classification
internal import Foundation

/// Remembers across restarts which model was made the active one, and which were before: a file with a name a line, the
/// active one first.
public struct ActivationFile: Sendable, Hashable {
    public let path: String

    public init(path: String) { self.path = path }

    /// The file that lies in a folder of models unless another is named.
    public init(modelsDirectory: String) { self.init(path: modelsDirectory + "/active-model") }

    /// The active model, then those before it; none where nothing was remembered. Names of no model are passed over.
    public func history() -> [ModelName] {
        guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap {
            ModelName(rawValue: String($0))
        }
    }

    /// The remembered model; nil where none was remembered.
    public func read() -> ModelName? { history().first }

    /// The model that was active before the remembered one; nil where none is known.
    public func previous() -> ModelName? { history().dropFirst().first }

    /// Makes a model the remembered one; the same again changes nothing.
    ///
    /// - Parameter current: the one that is active now, which is gone back to where nothing is remembered of it.
    public func write(_ model: ModelName, replacing current: ModelName? = nil) throws(ActivationFileError) {
        var known = history()
        if known.isEmpty, let current { known = [current] }
        if known.first != model { try write([model] + known) }
    }

    /// Goes back to the model before the remembered one, which is forgotten; returns the one that is remembered then.
    public func rollBack() throws(ActivationFileError) -> ModelName {
        let earlier = Array(history().dropFirst())
        guard let model = earlier.first else {
            throw ActivationFileError(path: path, reason: "no model was active before", isForReading: true)
        }
        try write(earlier)
        return model
    }

    /// Replaces the file at once, so that a reader never sees half of it.
    private func write(_ models: [ModelName]) throws(ActivationFileError) {
        let text = models.prefix(Self.remembered).map { $0.rawValue + "\n" }.joined()
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw ActivationFileError(path: path, reason: error.localizedDescription)
        }
    }

    /// How far back one can go.
    private static let remembered = 16
}

/// Why an activation could not be remembered or taken back.
public struct ActivationFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String
    public let reason: String
    /// True where the file was to tell what was active before.
    public var isForReading = false

    public var description: String {
        isForReading
            ? "'\(path)' names no model to go back to: \(reason); activate one by name"
            : "the active model cannot be remembered in '\(path)': \(reason); name a file that can be written with "
                + "--activation-file"
    }
}
