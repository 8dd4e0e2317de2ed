internal import TocsinCore

/// Why a whole batch cannot be parsed; what is wrong with one line is a warning on that line.
public enum ParsingError: Error, Sendable, Equatable {
    /// No format has the log type that the lines are said to have.
    case unknownLogType(name: String, known: [String])
}

extension ParsingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownLogType(let name, let known):
            "there is no log type '\(name.excerpt)'; name one of \(known.joined(separator: ", ")), or none to detect it"
        }
    }
}
