internal import AnalysisReport
internal import JSONText
internal import Pipeline
internal import TocsinCore

extension ReportRow.Style {
    /// The documented members, then `line`, `template_id`, `timestamp`, `level` and `abstained`.
    fileprivate static var detailed: Self {
        var style = Self()
        style.includesDetails = true
        return style
    }
}

/// One JSON object a line.
struct NDJSONVerdictWriter: VerdictWriter {
    private var json = JSONWriter()

    mutating func begin(model: ModelInfo, to output: inout StandardOutput) {}

    mutating func write(_ row: ReportRow, to output: inout StandardOutput) {
        row.write(to: &json, style: .detailed)
        json.newline()
        output.write(json.bytes)
        json.removeAll()
    }

    mutating func end(_ analysis: Analysis, to output: inout StandardOutput) {}
}

/// One JSON object with `model_used`, `logs`, `total_logs` and `summary`, written as the rows come.
struct JSONVerdictWriter: VerdictWriter {
    private var json = JSONWriter()
    private var rowCount = 0

    mutating func begin(model: ModelInfo, to output: inout StandardOutput) {
        output.write("{\"model_used\":")
        model.write(to: &json)
        output.write(json.bytes)
        output.write(",\"logs\":[\n")
        json.removeAll()
    }

    mutating func write(_ row: ReportRow, to output: inout StandardOutput) {
        if rowCount > 0 { output.write(",\n") }
        rowCount += 1
        row.write(to: &json, style: .detailed)
        output.write(json.bytes)
        json.removeAll()
    }

    mutating func end(_ analysis: Analysis, to output: inout StandardOutput) {
        output.write("\n],\"total_logs\":\(analysis.work.lines),\"summary\":")
        analysis.summary.write(to: &json)
        output.write(json.bytes)
        output.write("}\n")
        json.removeAll()
    }
}
