internal import TocsinCore

/// What is asked of an analysis, beside the lines.
public struct AnalysisRequest: Sendable, Hashable {
    /// The model by name, such as `ml`; nil takes the classifier's active one.
    public var model: String?
    /// A log type that the lines are said to have; nil detects it line by line.
    public var forcedLogType: String?

    public init(model: String? = nil, forcedLogType: String? = nil) {
        self.model = model
        self.forcedLogType = forcedLogType
    }
}

/// Why no analysis could begin.
public enum AnalysisError: Error, Sendable, Hashable {
    case unknownModel(name: String, loaded: [String])
    case noActiveModel(loaded: [String])
    /// The parsing tier knows no such log type; `reason` lists those it knows.
    case unknownLogType(reason: String)
}

extension AnalysisError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownModel(let name, let loaded):
            "model '\(name.excerpt)' is not loaded; loaded: \(Self.list(loaded))"
        case .noActiveModel(let loaded):
            "the classifier has no active model; name one of those loaded: \(Self.list(loaded))"
        case .unknownLogType(let reason): reason
        }
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}
