internal import JSONText
internal import TocsinCore

/// Shows parsed lines.
struct ParsedLineWriter {
    private let format: ParseCommand.Output
    private var json = JSONWriter()
    private let templateWidth: Int

    init(_ format: ParseCommand.Output) {
        self.format = format
        templateWidth = max(40, (StandardOutput.columns ?? 160) - 7 - 11 - 25 - 3 * 2)
    }

    private static let columns = [
        "line", "log_type", "format_confidence", "timestamp", "host", "component", "pid", "level", "parsed_content",
        "template", "typed_template", "template_id",
    ]

    func begin(to output: inout StandardOutput) {
        switch format {
        case .ndjson: break
        case .csv: output.write(CSVRow.text(Self.columns))
        case .table: output.write(row("LINE", "LOG TYPE", "TIMESTAMP", "TEMPLATE"))
        }
    }

    mutating func write(line: Int, _ result: ItemResult<ParsedLine>, to output: inout StandardOutput) {
        switch (format, result) {
        case (.ndjson, _):
            writeJSON(line: line, result)
            output.write(json.bytes)
            json.removeAll()
        case (.csv, .success(let parsed)):
            output.write(
                CSVRow.text([
                    "\(line)", parsed.logType, "\(parsed.formatConfidence)", parsed.timestamp ?? "", parsed.host ?? "",
                    parsed.component ?? "", parsed.processID ?? "", parsed.level ?? "", parsed.content,
                    parsed.template.text, parsed.template.typedText, parsed.template.id,
                ]))
        case (.csv, .failure(let failure)):
            output.write(CSVRow.text(["\(line)", "failed: \(failure)"] + Array(repeating: "", count: 10)))
        case (.table, .success(let parsed)):
            output.write(row("\(line)", parsed.logType, parsed.timestamp ?? "", parsed.template.text))
        case (.table, .failure(let failure)):
            output.write(row("\(line)", "failed", "", failure.description))
        }
    }

    private func row(_ line: String, _ logType: String, _ timestamp: String, _ template: String) -> String {
        let cells = [
            TableColumn.rightAligned(line, to: 7), TableColumn.padded(logType, to: 11),
            TableColumn.padded(timestamp, to: 25), TerminalText.shown(template, width: templateWidth),
        ]
        return cells.joined(separator: "  ") + "\n"
    }

    private mutating func writeJSON(line: Int, _ result: ItemResult<ParsedLine>) {
        json.object { json in
            json.member("line", line)
            switch result {
            case .success(let parsed): parsed.write(to: &json)
            case .failure(let failure): json.member("error", failure.description)
            }
        }
        json.newline()
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
        json.array("parameters") { json in
            for parameter in template.parameters {
                json.object { json in
                    json.member("kind", parameter.kind)
                    json.member("value", parameter.value)
                }
            }
        }
        json.object("fields") { json in
            for field in fields { json.member(field.name, field.value) }
        }
        if !warnings.isEmpty { json.array("warnings") { json in for warning in warnings { json.string(warning) } } }
        if isTruncated { json.member("truncated", true) }
    }
}
