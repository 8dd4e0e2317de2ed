internal import AnalysisReport
internal import Pipeline
internal import TocsinCore

/// A table for people: a row a line, then what the lines amount to.
struct TableWriter: VerdictWriter {
    private let colored: Bool
    private var heading = FileHeading()
    private let contentWidth: Int
    private let templateWidth: Int
    private static let lineWidth = 9
    private static let classWidth = AnomalyClass.allCases.map(\.name.count).max() ?? 0
    private static let confidenceWidth = 5
    private static let logTypeWidth = 11

    /// - Parameter width: columns of the terminal; nil shows rows at a length that suits a file.
    init(colored: Bool, width: Int?) {
        self.colored = colored
        let fixed = Self.lineWidth + Self.classWidth + Self.confidenceWidth + Self.logTypeWidth + 5 * 2
        let free = max(40, (width ?? 200) - fixed)
        contentWidth = free * 3 / 5
        templateWidth = free - contentWidth
    }

    mutating func begin(model: ModelInfo, to output: inout StandardOutput) {
        let header = row("LINE", "CLASS", "CONF", "LOG TYPE", "CONTENT", "TEMPLATE")
        output.write((colored ? "\u{1B}[1m\(header)\u{1B}[0m" : header) + "\n")
    }

    mutating func write(_ row: ReportRow, to output: inout StandardOutput) {
        output.write(heading.text(before: row.file))
        let line = row.place.label
        switch row.result {
        case .success(let analysis):
            let text = self.row(
                line, analysis.prediction.anomalyClass.name, Self.decimals(analysis.prediction.confidence),
                analysis.parsed.logType, analysis.parsed.content, analysis.parsed.template.text)
            output.write(painted(text, as: analysis.prediction.anomalyClass) + "\n")
        case .failure(let failure):
            output.write(self.row(line, "failed", "", "", failure.description, "") + "\n")
        }
    }

    mutating func end(_ analysis: Analysis, to output: inout StandardOutput) {
        let summary = analysis.summary
        let total = summary.verdicts + summary.failures
        output.write("\n\(total) lines by \(analysis.model.algorithm) (\(analysis.model.name))\n")
        for anomalyClass in AnomalyClass.allCases where summary.count(of: anomalyClass) > 0 {
            let count = summary.count(of: anomalyClass)
            let bar = String(repeating: "█", count: max(1, 30 * count / max(1, summary.verdicts)))
            let name = TableColumn.padded(anomalyClass.name, to: Self.classWidth)
            output.write(
                painted("  \(name)  \(TableColumn.rightAligned("\(count)", to: 9))  \(bar)", as: anomalyClass) + "\n")
        }
        if summary.failures > 0 { output.write("  failed: \(summary.failures)\n") }
        let logTypes = summary.logTypeCounts.sorted { $0.count > $1.count }.map { "\($0.logType) \($0.count)" }
        output.write("log types: \(logTypes.joined(separator: ", "))\n")
        let seconds = analysis.work.total / .seconds(1)
        output.write(
            "anomaly rate \(Self.decimals(Float(summary.anomalyRate * 100), places: 1)) %; "
                + "\(Self.decimals(Float(seconds))) s, \(analysis.work.embeddedTexts) distinct texts\n")
    }

    private func row(
        _ line: String, _ className: String, _ confidence: String, _ logType: String, _ content: String,
        _ template: String
    ) -> String {
        [
            TableColumn.rightAligned(line, to: Self.lineWidth), TableColumn.padded(className, to: Self.classWidth),
            TableColumn.padded(confidence, to: Self.confidenceWidth),
            TableColumn.padded(logType, to: Self.logTypeWidth),
            TableColumn.padded(TerminalText.shown(content, width: contentWidth), to: contentWidth),
            TerminalText.shown(template, width: templateWidth),
        ].joined(separator: "  ")
    }

    private func painted(_ text: String, as anomalyClass: AnomalyClass) -> String {
        colored ? anomalyClass.painted(text) : text
    }

    private static func decimals(_ value: Float, places: Int = 2) -> String {
        let scale = places == 1 ? 10 : 100
        let scaled = Int((Double(value) * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
