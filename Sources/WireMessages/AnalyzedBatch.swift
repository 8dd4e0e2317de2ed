public import TocsinCore

/// Lines for the edge.
public struct AnalyzeBatch: Sendable, Hashable {
    public var lines: LineBlock
    /// The model by name; nil takes the classifier's active one.
    public var model: String?
    /// A log type that the lines are said to have; nil detects it line by line.
    public var forcedLogType: String?

    public init(lines: LineBlock, model: String? = nil, forcedLogType: String? = nil) {
        self.lines = lines
        self.model = model
        self.forcedLogType = forcedLogType
    }
}

/// What the edge says of one line.
public struct AnalyzedLine: Sendable, Hashable {
    public var logType: String
    /// RFC 3339, where the line has a time stamp.
    public var timestamp: String?
    /// The level as the line spells it.
    public var level: String?
    public var content: String
    /// With `<*>` for every variable part.
    public var template: String
    /// 32 hexadecimal digits.
    public var templateID: String
    public var prediction: Prediction

    public init(
        logType: String, timestamp: String? = nil, level: String? = nil, content: String, template: String,
        templateID: String, prediction: Prediction
    ) {
        self.logType = logType
        self.timestamp = timestamp
        self.level = level
        self.content = content
        self.template = template
        self.templateID = templateID
        self.prediction = prediction
    }
}

/// The edge's answer: one result a line, in the order of the batch, and what they amount to.
public struct AnalyzedBatch: Sendable, Hashable {
    /// How many lines have something.
    public struct Count: Sendable, Hashable {
        public var name: String
        public var count: Int

        public init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    public var lines: [ItemResult<AnalyzedLine>]
    /// The model that answered.
    public var model: ModelInfo
    /// By class name; classes that no line has are left out.
    public var classes: [Count]
    public var logTypes: [Count]
    /// The share of the verdicts that are not `normal`, in 0...1.
    public var anomalyRate: Double

    public init(
        lines: [ItemResult<AnalyzedLine>], model: ModelInfo, classes: [Count], logTypes: [Count], anomalyRate: Double
    ) {
        self.lines = lines
        self.model = model
        self.classes = classes
        self.logTypes = logTypes
        self.anomalyRate = anomalyRate
    }
}
