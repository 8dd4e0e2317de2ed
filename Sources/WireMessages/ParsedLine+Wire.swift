internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Parser__V1__ParsedLine: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__parsed_line__init }
}

extension Tocsin__Parser__V1__Field: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__field__init }
}

extension ParsedLine {
    init(
        _ message: Tocsin__Parser__V1__ParsedLine, columns: ParsedColumns, row: Int
    ) throws(WireError.Reason) {
        let template = try required("template", message.template_)
        self.init(
            logType: try text("log_type", message.log_type),
            formatConfidence: message.format_confidence,
            runnerUpLogType: try optionalText("runner_up_log_type", message.runner_up_log_type),
            timestamp: try optionalText("timestamp", message.timestamp),
            host: try optionalText("host", message.host),
            component: try optionalText("component", message.component),
            processID: try optionalText("process_id", message.process_id),
            level: try optionalText("level", message.level),
            severityNumber: Int(message.severity_number),
            content: try text("content", message.content),
            fields: try map("fields", message.fields, message.n_fields) { (field) throws(WireError.Reason) in
                LogField(name: try text("name", field.name), value: try text("value", field.value))
            },
            template: try inside("template") { () throws(WireError.Reason) in try MinedTemplate(template) },
            modelTemplate: try columns.modelTemplate(row),
            modelText: try columns.modelText(row),
            features: Array(columns.features[row]),
            warnings: try texts("warnings", message.warnings, message.n_warnings),
            isTruncated: message.truncated != 0)
    }

    /// Writes all but what travels in columns.
    func fill(_ message: inout Tocsin__Parser__V1__ParsedLine, in arena: borrowing Arena) throws(WireError.Reason) {
        message.log_type = try arena.string("log_type", logType)
        message.format_confidence = formatConfidence
        message.runner_up_log_type = try arena.string("runner_up_log_type", runnerUpLogType)
        message.timestamp = try arena.string("timestamp", timestamp)
        message.host = arena.bytes(host)
        message.component = arena.bytes(component)
        message.process_id = arena.bytes(processID)
        message.level = arena.bytes(level)
        message.severity_number = try unsigned("severity_number", severityNumber)
        message.content = arena.bytes(content)
        message.n_fields = fields.count
        message.fields = try arena.messages("fields", fields) {
            (field, message: inout Tocsin__Parser__V1__Field) throws(WireError.Reason) in
            message.name = try arena.string("name", field.name)
            message.value = arena.bytes(field.value)
        }
        message.template_ = try inside("template") { () throws(WireError.Reason) in try arena.message(template) }
        message.n_warnings = warnings.count
        message.warnings = try arena.strings(warnings) { (warning) throws(WireError.Reason) in
            try arena.prose("warnings", warning)
        }
        message.truncated = isTruncated ? 1 : 0
    }
}
