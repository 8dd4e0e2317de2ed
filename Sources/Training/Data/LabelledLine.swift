public import TocsinCore

/// A log line and the class that people gave it.
public struct LabelledLine: Sendable, Hashable {
    /// Where a line was found.
    public enum Origin: String, Sendable, CaseIterable {
        /// The 16 systems of LogHub, labelled by event template.
        case loghub
        /// The hand-written corpus.
        case corpus
        /// A user's own labelled file; never trained on here.
        case field
    }

    public var line: [UInt8]
    public var label: AnomalyClass
    public var origin: Origin
    /// The LogHub source, or the system that the corpus or the file names.
    public var system: String
    /// The LogHub source, or the corpus file: what adversarial training keeps an encoder from telling apart.
    public var collection: String
    /// The LogHub event template as `source/event id`; nil for other lines.
    public var templateID: String?

    public init(
        line: [UInt8], label: AnomalyClass, origin: Origin, system: String, collection: String? = nil,
        templateID: String? = nil
    ) {
        self.line = line
        self.label = label
        self.origin = origin
        self.system = system
        self.collection = collection ?? system
        self.templateID = templateID
    }
}

/// Why labelled data could not be read.
public enum DataError: Error, Sendable, Equatable {
    case unreadable(path: String, reason: String)
    /// A row of a table is not as its format says.
    case malformedRow(path: String, line: Int, reason: String)
    /// Two files that belong together do not fit.
    case mismatch(path: String, reason: String)
}

extension DataError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "'\(path)' cannot be read: \(reason)"
        case .malformedRow(let path, let line, let reason):
            "'\(path)' line \(line): \(reason)"
        case .mismatch(let path, let reason):
            "'\(path)' does not fit: \(reason)"
        }
    }
}
