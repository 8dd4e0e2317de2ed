internal import Drain
internal import LineFeatures
internal import LogFormats
internal import Synchronization
internal import TocsinCore

/// What one thread needs to parse line after line, with its memory used again for each.
// Proof of Sendable: `LineParser` lends each to one call at a time.
final class ParsingPass: @unchecked Sendable {
    private let library: FormatLibrary
    private let frozenTree: FrozenTree
    private let configuration: LineParser.Configuration
    private let matcher: LineMatcher
    private var cleaner: LineCleaner
    private var message = MaskedMessage()
    private var forms = FormMemory()
    private var modelText = ModelText()
    /// The bytes of each of the line's fields.
    private var values: [UnsafeBufferPointer<UInt8>] = []

    init(_ library: FormatLibrary, _ frozenTree: FrozenTree, _ configuration: LineParser.Configuration) {
        self.library = library
        self.frozenTree = frozenTree
        self.configuration = configuration
        matcher = LineMatcher(library: library)
        cleaner = LineCleaner(limit: configuration.maxLineBytes)
    }

    func parse(
        _ line: UnsafeBufferPointer<UInt8>, as format: LineParser.Format, _ liveTree: borrowing Mutex<DrainTree>
    ) -> ParsedLine {
        let (clean, isTruncated) = cleaner.clean(line)
        switch format {
        case .detected: matcher.match(clean)
        case .forced(let index): matcher.match(clean, forcing: index)
        case .unknown: matcher.take(clean)
        }
        return parsedLine(isTruncated: isTruncated, liveTree)
    }

    private func parsedLine(isTruncated: Bool, _ liveTree: borrowing Mutex<DrainTree>) -> ParsedLine {
        let content = matcher.contentBytes
        let timestamp = matcher.timestamp
        let severity = matcher.severityNumber
        let defaults = configuration.timestampDefaults

        message.load(content)
        let form = form(seenAt: timestamp?.milliseconds(defaults), liveTree)
        let header = LineFeatures.Header(
            length: max(0, matcher.lineLength - content.count), severityNumber: severity, hourOfDay: timestamp?.hour)
        let component = matcher.bytes(.component)
        let fields = fields()
        return ParsedLine(
            logType: matcher.logType,
            formatConfidence: matcher.confidence,
            runnerUpLogType: matcher.runnerUpIndex.map { library.formats[$0].name },
            timestamp: timestamp?.rfc3339(defaults),
            host: text(.host, in: fields),
            component: component.map { text($0, in: fields) },
            processID: text(.processID, in: fields),
            level: text(.level, in: fields),
            severityNumber: severity,
            content: text(content, in: fields),
            fields: fields,
            template: forms[form].live.template(of: message),
            modelTemplate: forms[form].modelTemplate,
            modelText: modelText.make(severityNumber: severity, component: component, message: message),
            features: LineFeatures.compute(
                message: content.span, header: header, template: forms[form].statistics),
            warnings: warnings(isTruncated: isTruncated),
            isTruncated: isTruncated)
    }

    /// Counts the message in the live tree and gives the number of its form in `forms`.
    private func form(seenAt: Int64?, _ liveTree: borrowing Mutex<DrainTree>) -> Int {
        if let number = forms.number(of: message) {
            let renewed = liveTree.withLock { tree -> RecognizedTemplate? in
                tree.visit(forms[number].live, seenAt: seenAt) ? nil : tree.recognize(message, seenAt: seenAt)
            }
            if let renewed { forms[number].live = renewed }
            return number
        }
        let live = liveTree.withLock { $0.recognize(message, seenAt: seenAt) }
        let modelTemplate = frozenTree.match(message) ?? message.typedText
        let statistics = TemplateStatistics(modelTemplate.utf8.span)
        return forms.insert(
            FormMemory.Entry(live: live, modelTemplate: modelTemplate, statistics: statistics), for: message)
    }

    /// The line's columns; what each was made of is kept in `values`.
    private func fields() -> [LogField] {
        values.removeAll(keepingCapacity: true)
        guard let index = matcher.formatIndex else { return [] }
        let columns = library.formats[index].columns
        var fields: [LogField] = []
        fields.reserveCapacity(columns.count)
        for slot in columns.indices {
            if let value = matcher.bytes(column: slot) {
                fields.append(LogField(name: columns[slot], value: String(repairing: value)))
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
        for index in values.indices
        where values[index].baseAddress == bytes.baseAddress && values[index].count == bytes.count {
            return fields[index].value
        }
        return String(repairing: bytes)
    }

    private func warnings(isTruncated: Bool) -> [String] {
        guard isTruncated || matcher.isMismatch || matcher.isHeaderRow else { return [] }
        var warnings: [String] = []
        if isTruncated {
            warnings.append("the line is longer than \(configuration.maxLineBytes) bytes and was cut there")
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
