internal import AnalysisReport
internal import Pipeline
internal import TocsinCore

/// What is shown of all inputs, as it comes, and then of all together.
struct VerdictReport {
    private var writer: any VerdictWriter
    private var output = StandardOutput()
    private var hasBegun = false
    /// Of all inputs that were read.
    private var analysis: Analysis?
    /// True once a row was shown whose class is one of `--fail-on`.
    var wasFailClassSeen = false

    init(writer: any VerdictWriter) { self.writer = writer }

    mutating func begin(model: ModelInfo) {
        if !hasBegun { writer.begin(model: model, to: &output) }
        hasBegun = true
    }

    mutating func write(_ row: ReportRow) { writer.write(row, to: &output) }

    mutating func flush() { output.flush() }

    mutating func add(_ other: Analysis) {
        if analysis == nil { analysis = other } else { analysis?.add(other) }
    }

    /// Shows what all lines amount to; nothing where no input could be read.
    mutating func end() {
        guard let analysis else { return }
        begin(model: analysis.model)
        writer.end(analysis, to: &output)
        output.flush()
    }
}
