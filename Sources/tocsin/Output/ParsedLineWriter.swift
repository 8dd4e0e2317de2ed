internal import AnalysisReport
internal import Foundation
internal import JSONText
internal import TocsinCore

/// Shows parsed lines.
struct ParsedLineWriter {
    /// A record and what was made of it.
    struct Row {
        /// The path of its file, as the user named it; nil where there is one input only.
        var file: String?
        var place: RecordPlace
        /// The record as it came in.
        var raw: ArraySlice<UInt8>
        var result: ItemResult<ParsedLine>
    }

    private let format: ParseCommand.Output
    /// True where rows say which file they are of.
    private let namesFiles: Bool
    private var heading = FileHeading()
    private var json = JSONWriter()
    private let templateWidth: Int

    init(_ format: ParseCommand.Output, namesFiles: Bool = false) {
        self.format = format
        self.namesFiles = namesFiles
        templateWidth = max(40, (StandardOutput.columns ?? 160) - 9 - 11 - 25 - 3 * 2)
    }

    private static let columns = [
        "line", "log_type", "format_confidence", "timestamp", "host", "component", "pid", "level", "parsed_content",
        "template", "typed_template", "template_id", "parameters", "fields", "last_line", "part", "truncated",
        "warnings", "error",
    ]

    func begin(to output: inout StandardOutput) {
        switch format {
        case .ndjson: break
        case .csv: output.write(CSVRow.text((namesFiles ? ["file"] : []) + Self.columns))
        case .table: output.write(tableRow("LINE", "LOG TYPE", "TIMESTAMP", "TEMPLATE"))
        }
    }

    mutating func write(_ row: Row, to output: inout StandardOutput) {
        switch format {
        case .ndjson:
            json.object { json in
                if let file = row.file { json.member("file", file) }
                row.write(to: &json)
            }
            json.newline()
            output.write(json.bytes)
            json.removeAll()
        case .csv:
            output.write(CSVRow.text((namesFiles ? [row.file ?? ""] : []) + row.cells))
        case .table:
            output.write(heading.text(before: row.file))
            let line = row.place.label
            switch row.result {
            case .success(let parsed):
                output.write(tableRow(line, parsed.logType, parsed.timestamp ?? "", parsed.template.text))
            case .failure(let failure): output.write(tableRow(line, "failed", "", failure.description))
            }
        }
    }

    private func tableRow(_ line: String, _ logType: String, _ timestamp: String, _ template: String) -> String {
        let cells = [
            TableColumn.rightAligned(line, to: 9), TableColumn.padded(logType, to: 11),
            TableColumn.padded(timestamp, to: 25), TerminalText.shown(template, width: templateWidth),
        ]
        return cells.joined(separator: "  ") + "\n"
    }
}

extension ParsedLineWriter.Row {
    /// The row's members in JSON.
    fileprivate func write(to json: inout JSONWriter) {
        json.member("line", place.lines.lowerBound)
        let isText = String(validating: raw, as: UTF8.self) != nil
        place.write(to: &json)
        if !place.isWholeLine || !isText {
            json.key("raw")
            json.text(raw)
        }
        if !isText { json.member("raw_base64", Data(raw).base64EncodedString()) }
        switch result {
        case .success(let parsed): parsed.write(to: &json)
        case .failure(let failure): json.member("error", failure.description)
        }
    }

    /// The row's cells in CSV, without the file: parameters and fields as JSON.
    fileprivate var cells: [String] {
        let first = "\(place.lines.lowerBound)"
        let rest = [place.isWholeLine ? "" : "\(place.lines.upperBound)", place.part.map { "\($0)" } ?? ""]
        switch result {
        case .failure(let failure):
            return [first] + Array(repeating: "", count: 13) + rest + ["", "", "\(failure)"]
        case .success(let parsed):
            var parameters = JSONWriter()
            parsed.writeParameters(to: &parameters)
            var fields = JSONWriter()
            parsed.writeFields(to: &fields)
            return [
                first, parsed.logType, "\(parsed.formatConfidence)", parsed.timestamp ?? "",
                parsed.host ?? "", parsed.component ?? "", parsed.processID ?? "", parsed.level ?? "", parsed.content,
                parsed.template.text, parsed.template.typedText, parsed.template.id,
                String(decoding: parameters.bytes, as: UTF8.self), String(decoding: fields.bytes, as: UTF8.self),
            ] + rest + [parsed.isTruncated ? "true" : "", parsed.warnings.joined(separator: "; "), ""]
        }
    }
}

extension ParsedLine {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("log_type", logType)
        json.member("format_confidence", formatConfidence)
        json.member("timestamp", timestamp)
        json.member("host", host)
        json.member("component", component)
        json.member("pid", processID)
        json.member("level", level)
        json.member("parsed_content", content)
        json.member("template", template.text)
        json.member("typed_template", template.typedText)
        json.member("template_id", template.id)
        json.key("parameters")
        writeParameters(to: &json)
        json.key("fields")
        writeFields(to: &json)
        if isTruncated { json.member("truncated", true) }
        if !warnings.isEmpty { json.array("warnings") { json in for warning in warnings { json.string(warning) } } }
    }

    fileprivate func writeParameters(to json: inout JSONWriter) {
        json.array { json in
            for parameter in template.parameters {
                json.object { json in
                    json.member("kind", parameter.kind)
                    json.member("value", parameter.value)
                }
            }
        }
    }

    fileprivate func writeFields(to json: inout JSONWriter) {
        json.object { json in for field in fields { json.member(field.name, field.value) } }
    }
}
