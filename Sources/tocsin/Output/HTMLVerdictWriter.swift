internal import AnalysisReport
internal import Pipeline
internal import TocsinCore
internal import Training

/// One page that needs nothing else: what the lines amount to, then a row for each; written as the rows come.
struct HTMLVerdictWriter: VerdictWriter {
    private var heading = FileHeading()
    private static let columns = ["Line", "Class", "Confidence", "Log type", "Time", "Content", "Template"]

    mutating func begin(model: ModelInfo, to output: inout StandardOutput) {
        let colors = AnomalyClass.allCases.map { ".\($0.name) { --class: \($0.pageColor) }" }.joined(separator: "\n")
        output.write(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Tocsin: log analysis</title>
            <style>
            :root { color-scheme: light dark; --muted: light-dark(#5c6570, #9aa4b0); --rule: light-dark(#dde2e7, #333b44) }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 90rem; padding: 1.5rem;
              display: flex; flex-direction: column; background: light-dark(#fff, #14181d); color: light-dark(#1b2026, #e8ecf0) }
            header, table { order: 2 }
            header { order: 0 }
            .summary { order: 1; margin-bottom: 2rem }
            h1 { font-size: 1.4rem; margin: 0 } p, dl { margin: .25rem 0 1rem; color: var(--muted) }
            dl { display: grid; grid-template-columns: max-content max-content 1fr; gap: .25rem 1rem; align-items: center }
            dd { margin: 0; font-variant-numeric: tabular-nums; text-align: right }
            .bar { display: block; height: .6rem; border-radius: .3rem; background: var(--class); min-width: 2px }
            table { border-collapse: collapse; width: 100%; font-size: .87rem }
            th { text-align: left; color: var(--muted); font-weight: 600 }
            th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--rule); vertical-align: top }
            td:nth-child(1), td:nth-child(3) { text-align: right; font-variant-numeric: tabular-nums }
            td:nth-child(n+6) { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
            .chip { white-space: nowrap; border-left: .3rem solid var(--class); padding-left: .5rem }
            th[colspan] { padding-top: 1.5rem; font-family: ui-monospace, monospace }
            \(colors)
            </style>
            </head>
            <body>
            <header><h1>Log analysis</h1><p>by \(model.algorithm.inPage) (\(model.name.inPage) \
            \(model.version.inPage))</p></header>
            <table>
            <thead><tr>\(Self.columns.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
            <tbody>

            """)
    }

    mutating func write(_ row: ReportRow, to output: inout StandardOutput) {
        let name = heading.text(before: row.file)
        if !name.isEmpty {
            output.write(
                "<tr><th colspan=\"\(Self.columns.count)\" scope=\"rowgroup\">\((row.file ?? "").inPage)</th></tr>\n"
            )
        }
        switch row.result {
        case .success(let analysis):
            let (parsed, prediction) = (analysis.parsed, analysis.prediction)
            let className = prediction.anomalyClass.name
            let cells = [
                row.place.label, "<span class=\"chip \(className)\">\(className)</span>",
                "\(Int((prediction.confidence * 100).rounded())) %", parsed.logType.inPage,
                (parsed.timestamp ?? "").inPage, parsed.content.inPage,
                parsed.template.text.inPage,
            ]
            output.write("<tr>\(cells.map { "<td>\($0)</td>" }.joined())</tr>\n")
        case .failure(let failure):
            output.write(
                "<tr><td>\(row.place.label)</td><td>failed</td><td colspan=\"5\">\(failure.description.inPage)</td></tr>\n"
            )
        }
    }

    mutating func end(_ analysis: Analysis, to output: inout StandardOutput) {
        let summary = analysis.summary
        let total = summary.verdicts + summary.failures
        let share = (summary.anomalyRate * 1000).rounded() / 10
        output.write("</tbody>\n</table>\n<section class=\"summary\" aria-label=\"Summary\">\n")
        output.write("<p>\(total) lines, \(share) % of them not normal")
        output.write(summary.failures > 0 ? "; \(summary.failures) could not be judged</p>\n<dl>\n" : "</p>\n<dl>\n")
        for anomalyClass in AnomalyClass.allCases where summary.count(of: anomalyClass) > 0 {
            let count = summary.count(of: anomalyClass)
            let width = (1000 * Double(count) / Double(max(1, summary.verdicts))).rounded() / 10
            output.write(
                "<dt class=\"chip \(anomalyClass.name)\">\(anomalyClass.name)</dt><dd>\(count)</dd>"
                    + "<dd class=\"\(anomalyClass.name)\"><span class=\"bar\" style=\"width:\(width)%\"></span></dd>\n")
        }
        let logTypes = summary.logTypeCounts.sorted { $0.count > $1.count }
            .map { "\($0.logType.inPage) \($0.count)" }
        output.write("</dl>\n<p>Log types: \(logTypes.joined(separator: ", "))</p>\n</section>\n</body>\n</html>\n")
    }
}

extension String {
    /// Text from a log made safe to stand in a page: no markup, and nothing that changes the writing direction.
    fileprivate var inPage: String { HTMLText.escaped(TerminalText.shown(self, width: 10_000)) }
}

extension AnomalyClass {
    /// The colour of the class as the edge's page has it, on light and on dark ground.
    fileprivate var pageColor: String {
        switch self {
        case .normal: "light-dark(#8b94a0, #65707e)"
        case .securityAnomaly: "light-dark(#7c3fb3, #cf8df0)"
        case .systemFailure: "light-dark(#d0342b, #ff7d6b)"
        case .performanceIssue: "light-dark(#b98a1a, #f7dc83)"
        case .networkAnomaly: "light-dark(#3f7fdc, #2f8bf5)"
        case .configError: "light-dark(#00695a, #45ded2)"
        case .hardwareIssue: "light-dark(#5f330e, #b9651f)"
        }
    }
}
