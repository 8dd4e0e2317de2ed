internal import Drain
internal import LineFeatures
internal import LogFormats
internal import TocsinCore

/// What one thread needs to parse line after line, with its memory used again for each.
struct ParsingPass {
    private let parser: LineParser
    private let matcher: LineMatcher
    private var cleaner: LineCleaner
    private var message = MaskedMessage()
    private var modelText = ModelText()
    /// The bytes of each of the line's fields.
    private var values: [UnsafeBufferPointer<UInt8>] = []

    init(_ parser: LineParser) {
        self.parser = parser
        matcher = LineMatcher(library: parser.library)
        cleaner = LineCleaner(limit: parser.configuration.maxLineBytes)
    }

    mutating func parse(_ line: UnsafeBufferPointer<UInt8>, forced: Int?) -> ParsedLine {
        var cleaner = self.cleaner
        swap(&cleaner, &self.cleaner)
        defer { swap(&cleaner, &self.cleaner) }
        return cleaner.clean(line) { parse(clean: $0, isTruncated: $1, forced: forced) }
    }

    private mutating func parse(
        clean line: UnsafeBufferPointer<UInt8>, isTruncated: Bool, forced: Int?
    ) -> ParsedLine {
        matcher.match(line, forcing: forced)
        let content = matcher.contentBytes
        let timestamp = matcher.timestamp
        let severity = matcher.severityNumber
        let defaults = parser.configuration.timestampDefaults

        message.load(content)
        let template = parser.addToLiveTree(message, seenAt: timestamp?.milliseconds(defaults))
        let modelTemplate = parser.frozenTree.match(message) ?? message.typedText
        let header = LineFeatures.Header(
            length: max(0, matcher.lineLength - content.count), severityNumber: severity, hourOfDay: timestamp?.hour)
        let features = LineFeatures.compute(
            message: content.span, header: header, template: TemplateStatistics(modelTemplate.utf8.span))
        let component = matcher.bytes(.component)
        let fields = fields()
        return ParsedLine(
            logType: matcher.logType,
            formatConfidence: matcher.confidence,
            runnerUpLogType: matcher.runnerUpIndex.map { parser.library.formats[$0].name },
            timestamp: timestamp?.rfc3339(defaults),
            host: text(.host, in: fields),
            component: text(.component, in: fields),
            processID: text(.processID, in: fields),
            level: text(.level, in: fields),
            severityNumber: severity,
            content: text(content, in: fields),
            fields: fields,
            template: template,
            modelTemplate: modelTemplate,
            modelText: modelText.make(severityNumber: severity, component: component, message: message),
            features: features,
            warnings: warnings(isTruncated: isTruncated),
            isTruncated: isTruncated)
    }

    /// The line's columns; what each was made of is kept in `values`.
    private mutating func fields() -> [LogField] {
        values.removeAll(keepingCapacity: true)
        guard let index = matcher.formatIndex else { return [] }
        let columns = parser.library.formats[index].columns
        var fields: [LogField] = []
        fields.reserveCapacity(columns.count)
        for (slot, name) in columns.enumerated() {
            if let value = matcher.bytes(column: slot) {
                fields.append(LogField(name: name, value: String(repairing: value)))
                values.append(value)
            }
        }
        return fields
    }

    private func text(_ role: LogFormat.Role, in fields: [LogField]) -> String? {
        matcher.bytes(role).map { text($0, in: fields) }
    }

    /// The text of `bytes`; that of the field made of them where there is one, so that both share its memory.
    private func text(_ bytes: UnsafeBufferPointer<UInt8>, in fields: [LogField]) -> String {
        for (field, value) in zip(fields, values)
        where value.baseAddress == bytes.baseAddress && value.count == bytes.count {
            return field.value
        }
        return String(repairing: bytes)
    }

    private func warnings(isTruncated: Bool) -> [String] {
        guard isTruncated || matcher.isMismatch || matcher.isHeaderRow else { return [] }
        var warnings: [String] = []
        if isTruncated {
            warnings.append("the line is longer than \(parser.configuration.maxLineBytes) bytes and was cut there")
        }
        if matcher.isMismatch {
            warnings.append("the line does not fit the requested format \(matcher.logType); all of it is its content")
        }
        if matcher.isHeaderRow {
            warnings.append("the line is the header row of comma-separated \(matcher.logType) lines and no message")
        }
        return warnings
    }
}

extension String {
    /// The text of `bytes`, with U+FFFD in the place of what is no UTF-8.
    init(repairing bytes: UnsafeBufferPointer<UInt8>) {
        self.init(decoding: bytes, as: UTF8.self)
    }
}
