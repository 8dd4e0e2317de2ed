/// Lines for the parsing tier.
public struct ParseBatch: Sendable, Hashable {
    public var lines: LineBlock
    /// A log type that the lines are said to have; nil detects it line by line.
    public var forcedLogType: String?

    public init(lines: LineBlock, forcedLogType: String? = nil) {
        self.lines = lines
        self.forcedLogType = forcedLogType
    }
}

/// The parsing tier's answer: one result a line, in the order of the batch.
public struct ParsedBatch: Sendable, Hashable {
    public var lines: ParsedLines
    /// What the line features and model templates depend on; the classifier refuses what it was not trained with.
    public var featureSchema: FeatureSchema

    public init(lines: ParsedLines, featureSchema: FeatureSchema) {
        self.lines = lines
        self.featureSchema = featureSchema
    }

    public init(lines: [ItemResult<ParsedLine>], featureSchema: FeatureSchema) {
        self.init(lines: ParsedLines(lines), featureSchema: featureSchema)
    }
}

/// The version of everything that turns a line into a model's input.
public struct FeatureSchema: Sendable, Hashable {
    /// The version of the feature table and the model text.
    public var version: Int
    /// SHA-256 of the frozen template tree, in hexadecimal.
    public var templateTreeSHA256: String

    public init(version: Int, templateTreeSHA256: String) {
        self.version = version
        self.templateTreeSHA256 = templateTreeSHA256
    }
}
