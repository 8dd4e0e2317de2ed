public import TocsinCore

/// What the three tiers together say of one line.
public struct LineAnalysis: Sendable, Hashable {
    public var parsed: ParsedLine
    public var prediction: Prediction

    public init(parsed: ParsedLine, prediction: Prediction) {
        self.parsed = parsed
        self.prediction = prediction
    }
}

/// The verdicts of one request: one result a line, in input order.
public struct Analysis: Sendable, Hashable {
    /// A line that failed holds the reason; the others are not touched by it.
    public var lines: [ItemResult<LineAnalysis>]
    /// The model that answered.
    public var model: ModelInfo
    public var summary: AnalysisSummary
    public var work: AnalysisWork

    public init(
        lines: [ItemResult<LineAnalysis>], model: ModelInfo, summary: AnalysisSummary, work: AnalysisWork
    ) {
        self.lines = lines
        self.model = model
        self.summary = summary
        self.work = work
    }

    /// Adds the analysis of further lines by the same model.
    public mutating func add(_ other: Analysis) {
        lines += other.lines
        summary.add(other.summary)
        work.add(other.work)
    }
}

/// A part of a long analysis, handed out as soon as it is known.
public struct AnalyzedChunk: Sendable {
    /// The 1-based number of the chunk's first line.
    public var firstLine: Int
    /// The lines as they came in.
    public var lines: LineBlock
    /// One result a line.
    public var results: [ItemResult<LineAnalysis>]
    public var model: ModelInfo

    public init(firstLine: Int, lines: LineBlock, results: [ItemResult<LineAnalysis>], model: ModelInfo) {
        self.firstLine = firstLine
        self.lines = lines
        self.results = results
        self.model = model
    }
}
