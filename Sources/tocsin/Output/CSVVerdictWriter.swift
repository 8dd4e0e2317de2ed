internal import AnalysisReport
internal import Pipeline
internal import TocsinCore

/// Comma-separated values as RFC 4180 has them, with a header row.
struct CSVVerdictWriter: VerdictWriter {
    /// True where rows say which file they are of.
    let namesFiles: Bool

    private static let header = [
        "line", "class_index", "class_name", "confidence", "abstained", "log_type", "timestamp", "level",
        "parsed_content", "template_id", "template", "raw", "last_line", "part", "truncated",
        "warnings", "error",
    ]

    mutating func begin(model: ModelInfo, to output: inout StandardOutput) {
        output.write(CSVRow.text((namesFiles ? ["file"] : []) + Self.header))
    }

    mutating func write(_ row: ReportRow, to output: inout StandardOutput) {
        let raw = String(decoding: row.raw, as: UTF8.self)
        let place = row.place
        let first = (namesFiles ? [row.file ?? ""] : []) + ["\(place.lines.lowerBound)"]
        let rest = [place.isWholeLine ? "" : "\(place.lines.upperBound)", place.part.map { "\($0)" } ?? ""]
        let fields: [String]
        switch row.result {
        case .success(let analysis):
            let (parsed, prediction) = (analysis.parsed, analysis.prediction)
            fields =
                first + [
                    "\(prediction.anomalyClass.rawValue)", prediction.anomalyClass.name,
                    "\(prediction.confidence)", "\(prediction.isAbstained)", parsed.logType, parsed.timestamp ?? "",
                    parsed.level ?? "", parsed.content, parsed.template.id, parsed.template.text, raw,
                ] + rest + [parsed.isTruncated ? "true" : "", parsed.warnings.joined(separator: "; "), ""]
        case .failure(let failure):
            fields = first + Array(repeating: "", count: 10) + [raw] + rest + ["", "", failure.description]
        }
        output.write(CSVRow.text(fields))
    }

    mutating func end(_ analysis: Analysis, to output: inout StandardOutput) {}
}
