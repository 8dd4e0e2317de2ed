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
        let modelTemplate = parser.frozenTree.match(message) ?? message.untypedText
        let header = LineFeatures.Header(
            length: max(0, line.count - content.count), severityNumber: severity, hourOfDay: timestamp?.hour)
        let features = LineFeatures.compute(
            message: content.span, header: header, template: TemplateStatistics(modelTemplate.utf8.span))
        let component = matcher.bytes(.component)
        return ParsedLine(
            logType: matcher.logType,
            formatConfidence: matcher.confidence,
            runnerUpLogType: matcher.runnerUpIndex.map { parser.library.formats[$0].name },
            timestamp: timestamp?.rfc3339(defaults),
            host: matcher.bytes(.host).map(String.init(repairing:)),
            component: component.map(String.init(repairing:)),
            processID: matcher.bytes(.processID).map(String.init(repairing:)),
            level: matcher.bytes(.level).map(String.init(repairing:)),
            severityNumber: severity,
            content: String(repairing: content),
            fields: fields(),
            template: template,
            modelTemplate: modelTemplate,
            modelText: modelText.make(severityNumber: severity, component: component, message: message),
            features: features,
            warnings: warnings(isTruncated: isTruncated),
            isTruncated: isTruncated)
    }

    private func fields() -> [LogField] {
        guard let index = matcher.formatIndex else { return [] }
        let columns = parser.library.formats[index].columns
        var fields: [LogField] = []
        fields.reserveCapacity(columns.count)
        for (slot, name) in columns.enumerated() {
            if let value = matcher.bytes(column: slot) {
                fields.append(LogField(name: name, value: String(repairing: value)))
            }
        }
        return fields
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

extension MaskedMessage {
    /// The message with `<*>` for each variable part: the form that templates have, for messages that fit none.
    var untypedText: String {
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var end = 0
        for span in spans {
            text.append(contentsOf: content[end..<span.start])
            text.append(contentsOf: MaskKind.any.mask.utf8)
            end = span.end
        }
        text.append(contentsOf: content[end...])
        return String(decoding: text, as: UTF8.self)
    }
}
