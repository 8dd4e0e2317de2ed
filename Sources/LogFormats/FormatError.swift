/// Why a format cannot be used.
public enum FormatError: Error, Sendable, Equatable {
    /// The folder or file cannot be read.
    case unreadable(path: String, reason: String)
    /// The file is no format definition; `place` says where in it.
    case malformed(file: String, place: String, reason: String)
    /// A pattern does not compile; `offset` counts bytes from the pattern's begin.
    case badPattern(file: String, place: String, offset: Int, reason: String)
    /// Two files define the same log type and neither is a user's.
    case duplicate(file: String, logType: String)
}

extension FormatError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read log format '\(path)': \(reason)"
        case .malformed(let file, let place, let reason): "log format '\(file)' at \(place): \(reason)"
        case .badPattern(let file, let place, let offset, let reason):
            "log format '\(file)' at \(place), byte \(offset) of the pattern: \(reason)"
        case .duplicate(let file, let logType):
            "log format '\(file)' defines '\(logType)' a second time; give it another name"
        }
    }
}
