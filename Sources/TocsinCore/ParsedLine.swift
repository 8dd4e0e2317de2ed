/// A named value that a log format cut out of a line; names are LogHub's column names.
public struct LogField: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A variable part of a message: what its template's mask stands for.
public struct TemplateParameter: Sendable, Hashable {
    /// The mask's kind without angle brackets, such as `IP` or `NUM`; `*` for an untyped one.
    public var kind: String
    public var value: String

    public init(kind: String, value: String) {
        self.kind = kind
        self.value = value
    }
}

/// The event template that a message is an instance of.
public struct MinedTemplate: Sendable, Hashable {
    /// 128-bit hash of `typedText`, as 32 hexadecimal digits.
    public var id: String
    /// With `<*>` for every variable part.
    public var text: String
    /// With typed masks: `<IP>`, `<NUM>`, …
    public var typedText: String
    /// In the order of the masks.
    public var parameters: [TemplateParameter]
    /// Ids of the narrower templates that this one replaced.
    public var supersedes: [String]

    public init(id: String, text: String, typedText: String, parameters: [TemplateParameter], supersedes: [String] = [])
    {
        self.id = id
        self.text = text
        self.typedText = typedText
        self.parameters = parameters
        self.supersedes = supersedes
    }
}

/// What the parser tier knows of one line.
public struct ParsedLine: Sendable, Hashable {
    /// One of the documented log types; `Unknown` where no format fits.
    public var logType: String
    /// How sure the detection is, in 0...1.
    public var formatConfidence: Float
    /// The next best log type, where one fits as well.
    public var runnerUpLogType: String?
    /// RFC 3339, where the line has a time stamp.
    public var timestamp: String?
    public var host: String?
    public var component: String?
    public var processID: String?
    /// The level as the line spells it.
    public var level: String?
    /// OpenTelemetry severity number, 1...24; 0 where the line has no level.
    public var severityNumber: Int
    /// The message without its header.
    public var content: String
    /// The line's columns as LogHub names them.
    public var fields: [LogField]
    /// The live tree's template: a name for people, never a model's input.
    public var template: MinedTemplate
    /// The frozen tree's template, which models read.
    public var modelTemplate: String
    /// The text that the encoder sees.
    public var modelText: String
    /// The 22 line features, in the order of the feature table.
    public var features: [Float]
    /// What a user should know of how this line was read, such as a forced format that does not fit.
    public var warnings: [String]
    /// True where the line was cut at the length limit.
    public var isTruncated: Bool

    public init(
        logType: String, formatConfidence: Float, runnerUpLogType: String? = nil, timestamp: String? = nil,
        host: String? = nil, component: String? = nil, processID: String? = nil, level: String? = nil,
        severityNumber: Int = 0, content: String, fields: [LogField] = [], template: MinedTemplate,
        modelTemplate: String, modelText: String, features: [Float], warnings: [String] = [], isTruncated: Bool = false
    ) {
        self.logType = logType
        self.formatConfidence = formatConfidence
        self.runnerUpLogType = runnerUpLogType
        self.timestamp = timestamp
        self.host = host
        self.component = component
        self.processID = processID
        self.level = level
        self.severityNumber = severityNumber
        self.content = content
        self.fields = fields
        self.template = template
        self.modelTemplate = modelTemplate
        self.modelText = modelText
        self.features = features
        self.warnings = warnings
        self.isTruncated = isTruncated
    }
}
