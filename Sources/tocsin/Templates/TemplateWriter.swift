internal import AnalysisReport
internal import Drain
internal import Foundation
internal import JSONText
internal import TocsinCore

/// Shows templates, and how they differ.
struct TemplateWriter {
    private let format: TemplatesCommand.Output
    private var output = StandardOutput()
    private var json = JSONWriter()
    private let width: Int
    private let redacts: Bool

    init(_ format: TemplatesCommand.Output, redacts: Bool = true, width: Int? = StandardOutput.columns) {
        self.format = format
        self.redacts = redacts
        self.width = max(80, width ?? 200)
    }

    consuming func write(_ templates: [TemplateSummary], limit: Int?) {
        output.write(text(of: templates, limit: limit))
        output.flush()
    }

    consuming func write(_ comparison: TemplateComparison, maxP: Double, limit: Int?) {
        output.write(text(of: comparison, maxP: maxP, limit: limit))
        output.flush()
    }

    mutating func text(of templates: [TemplateSummary], limit: Int?) -> [UInt8] {
        let total = templates.reduce(0) { $0 &+ $1.count }
        let shown = templates.prefix(limit ?? .max).map(visible)
        if format == .table {
            let templateWidth = (width - 12 - 9 - 7 - 20 - 5 * 2) / 2
            let widths = [-12, 9, 7, -20, -templateWidth, -1]
            var rows = [row(["ID", "COUNT", "SHARE", "LAST SEEN", "TEMPLATE", "SAMPLE"], widths)]
            for template in shown {
                rows.append(
                    row(
                        [
                            String(template.id.prefix(12)), String(template.count),
                            Self.percent(template.count, of: total),
                            template.lastSeenTime ?? "",
                            TerminalText.shown(label(of: template), width: templateWidth),
                            TerminalText.shown(template.samples.first ?? "", width: templateWidth),
                        ], widths))
            }
            rows.append("\(templates.count) templates of \(total) messages\n")
            return Array(rows.joined().utf8)
        }
        return documents(shown) { template, json in
            template.writeMembers(to: &json)
            json.key("share")
            json.number(total == 0 ? 0 : Double(template.count) / Double(total))
        }
    }

    mutating func text(of comparison: TemplateComparison, maxP: Double, limit: Int?) -> [UInt8] {
        let rows = comparison.rows.filter { $0.change.kind != .same && $0.change.pValue <= maxP }
        let shown = rows.prefix(limit ?? .max)
        if format == .table {
            let widths = [-6, 9, 9, 7, 7, 9, -1]
            let templateWidth = width - 6 - 9 * 3 - 7 * 2 - 6 * 2
            var lines = [row(["CHANGE", "BEFORE", "AFTER", "SHARE", "SHARE", "P", "TEMPLATE"], widths)]
            for difference in shown {
                lines.append(
                    row(
                        [
                            difference.change.kind.rawValue, String(difference.change.before),
                            String(difference.change.after),
                            Self.percent(difference.change.before, of: comparison.totalBefore),
                            Self.percent(difference.change.after, of: comparison.totalAfter),
                            String(format: "%.2g", difference.change.pValue),
                            TerminalText.shown(label(of: visible(difference.template)), width: templateWidth),
                        ], widths))
            }
            let counts = ShareChange.Kind.allCases.map { kind in
                "\(comparison.rows.count { $0.change.kind == kind }) \(kind.rawValue)"
            }
            lines.append("\(counts.joined(separator: ", ")); ")
            lines.append("\(comparison.totalBefore) messages before, \(comparison.totalAfter) after\n")
            return Array(lines.joined().utf8)
        }
        return documents(shown.map { ($0.change, visible($0.template)) }) { difference, json in
            let (change, template) = difference
            change.writeMembers(to: &json)
            json.key("template")
            json.object { template.writeMembers(to: &$0) }
        }
    }

    private func visible(_ template: TemplateSummary) -> TemplateSummary { redacts ? template.redacted : template }

    /// One object for each element: on lines of their own, or in one array.
    private mutating func documents<Element>(
        _ elements: [Element], _ members: (Element, inout JSONWriter) -> Void
    ) -> [UInt8] {
        if format == .json {
            json.array { json in for element in elements { json.object { members(element, &$0) } } }
            json.newline()
        } else {
            for element in elements {
                json.object { members(element, &$0) }
                json.newline()
            }
        }
        return json.bytes
    }

    private func label(of template: TemplateSummary) -> String {
        template.name.map { "\($0): \(template.text)" } ?? template.text
    }

    /// - Parameter widths: of the columns; negative for text, which stands at the left.
    private func row(_ cells: [String], _ widths: [Int]) -> String {
        zip(cells, widths).map { cell, width in
            width < 0 ? TableColumn.padded(cell, to: -width) : TableColumn.rightAligned(cell, to: width)
        }.joined(separator: "  ") + "\n"
    }

    private static func percent(_ part: some BinaryInteger, of whole: some BinaryInteger) -> String {
        whole == 0 ? "-" : String(format: "%.2f%%", 100 * Double(part) / Double(whole))
    }
}
