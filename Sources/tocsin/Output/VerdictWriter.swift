internal import AnalysisReport
internal import ArgumentParser
internal import Pipeline
internal import TocsinCore

/// How verdicts are shown.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, ndjson, csv, html
}

/// Shows the verdicts of a long analysis as they come.
protocol VerdictWriter {
    mutating func begin(model: ModelInfo, to output: inout StandardOutput)
    mutating func write(_ row: ReportRow, to output: inout StandardOutput)
    /// - Parameter analysis: with the summary of all lines, shown or not.
    mutating func end(_ analysis: Analysis, to output: inout StandardOutput)
}

extension OutputFormat {
    /// - Parameter namesFiles: true where rows come of several files, and say of which.
    func makeWriter(colored: Bool, namesFiles: Bool = false) -> any VerdictWriter {
        switch self {
        case .table: TableWriter(colored: colored, width: StandardOutput.columns)
        case .json: JSONVerdictWriter()
        case .ndjson: NDJSONVerdictWriter()
        case .html: HTMLVerdictWriter()
        case .csv: CSVVerdictWriter(namesFiles: namesFiles)
        }
    }
}
