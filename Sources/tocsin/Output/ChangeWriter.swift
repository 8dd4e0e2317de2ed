internal import AnalysisReport
internal import ArgumentParser
internal import Foundation
internal import JSONText
internal import TocsinCore

/// Shows how the templates of two logs differ.
struct ChangeWriter {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case table, json, ndjson, csv
    }

    struct Comparison {
        var model: ModelInfo
        var before: TemplateCounts
        var after: TemplateCounts
        var changes: [TemplateChange]
    }

    private let format: Format
    private let isColored: Bool
    private let width: Int
    private var json = JSONWriter()

    init(_ format: Format, isColored: Bool, width: Int? = StandardOutput.columns) {
        self.format = format
        self.isColored = isColored
        self.width = max(100, width ?? 200)
    }

    mutating func write(_ comparison: Comparison, limit: Int?) {
        var output = StandardOutput()
        output.write(text(of: comparison, limit: limit))
        output.flush()
    }

    mutating func text(of comparison: Comparison, limit: Int?) -> [UInt8] {
        let shown = comparison.changes.prefix(limit ?? .max)
        switch format {
        case .table: return Array(table(comparison, shown).utf8)
        case .csv: return Array(csv(shown).utf8)
        case .ndjson:
            for change in shown {
                change.write(to: &json)
                json.newline()
            }
        case .json:
            json.object { json in
                json.key("model")
                comparison.model.write(to: &json)
                for (name, counts) in [("before", comparison.before), ("after", comparison.after)] {
                    json.object(name) { json in
                        json.member("lines", counts.total)
                        json.member("failed", counts.failures)
                    }
                }
                json.member("total_changes", comparison.changes.count)
                json.array("changes") { json in for change in shown { change.write(to: &json) } }
            }
            json.newline()
        }
        return json.bytes
    }

    private func table(_ comparison: Comparison, _ shown: ArraySlice<TemplateChange>) -> String {
        let classWidth = AnomalyClass.allCases.map(\.name.count).max() ?? 0
        let templateWidth = width - 6 - classWidth - 9 * 2 - 9 * 2 - 6 * 2
        func row(_ cells: [String]) -> String {
            [
                TableColumn.padded(cells[0], to: 6), TableColumn.padded(cells[1], to: classWidth),
                TableColumn.rightAligned(cells[2], to: 9), TableColumn.rightAligned(cells[3], to: 9),
                TableColumn.rightAligned(cells[4], to: 9), TableColumn.rightAligned(cells[5], to: 9),
                TerminalText.shown(cells[6], width: templateWidth),
            ].joined(separator: "  ")
        }
        let header = row(["CHANGE", "CLASS", "BEFORE", "AFTER", "G", "P", "TEMPLATE"])
        var lines = [isColored ? "\u{1B}[1m\(header)\u{1B}[0m" : header]
        for change in shown {
            let text = row([
                change.change.kind.rawValue, change.anomalyClass.name, "\(change.change.before)",
                "\(change.change.after)", String(format: "%.1f", change.change.likelihoodRatio),
                String(format: "%.2g", change.change.pValue), change.template,
            ])
            lines.append(isColored ? change.anomalyClass.painted(text) : text)
        }
        let counts = ShareChange.Kind.allCases.filter { $0 != .same }.map { kind in
            "\(comparison.changes.count { $0.change.kind == kind }) \(kind.rawValue)"
        }
        lines.append("")
        lines.append(
            "\(counts.joined(separator: ", ")); \(comparison.before.total) lines before, \(comparison.after.total) after"
        )
        let failures = comparison.before.failures + comparison.after.failures
        if failures > 0 { lines.append("\(failures) lines could not be judged") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func csv(_ shown: ArraySlice<TemplateChange>) -> String {
        let header = [
            "change", "class_name", "before", "after", "likelihood_ratio", "p_value", "log_type", "template_id",
            "template", "sample",
        ]
        let rows = shown.map { change in
            CSVRow.text([
                change.change.kind.rawValue, change.anomalyClass.name, "\(change.change.before)",
                "\(change.change.after)", "\(change.change.likelihoodRatio)", "\(change.change.pValue)",
                change.logType, change.templateID, change.template,
                change.samples.first.map { String(decoding: $0, as: UTF8.self) } ?? "",
            ])
        }
        return CSVRow.text(header) + rows.joined()
    }
}
