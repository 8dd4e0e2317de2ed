internal import Drain
internal import LineFeatures
internal import LogFormats
internal import Synchronization
internal import TocsinCore

/// A pass that calls have one after the other.
// Proof of Sendable: `LineParser` lends each to one call at a time.
final class LentPass: @unchecked Sendable {
    var pass: ParsingPass

    init(_ library: FormatLibrary, _ frozenTree: FrozenTree, _ configuration: LineParser.Configuration) {
        pass = ParsingPass(library, frozenTree, configuration)
    }
}

/// What one thread needs to parse line after line, with its memory used again for each.
struct ParsingPass: ~Copyable {
    private let library: FormatLibrary
    private let frozenTree: FrozenTree
    private let configuration: LineParser.Configuration
    private let matcher: LineMatcher
    /// Of the call that the pass is lent to.
    private var timestampDefaults = Timestamp.Defaults()
    private let logTypes: [ParsedBlock.LogType]
    private var cleaner: LineCleaner
    private var message = MaskedMessage()
    private var forms = FormMemory()
    private var modelText = ModelText()
    /// Counts the blocks that were written.
    private var blockNumber = 0

    init(_ library: FormatLibrary, _ frozenTree: FrozenTree, _ configuration: LineParser.Configuration) {
        self.library = library
        self.frozenTree = frozenTree
        self.configuration = configuration
        matcher = LineMatcher(library: library)
        logTypes = library.formats.map { ParsedBlock.LogType(name: $0.name, columns: $0.columns) }
        cleaner = LineCleaner(limit: configuration.maxLineBytes)
    }

    /// Parses every line of a block, in its order.
    mutating func parse(
        _ lines: LineBlock, as format: LineParser.Format, _ timestampDefaults: Timestamp.Defaults,
        _ liveTree: borrowing Mutex<DrainTree>
    ) -> ParsedBlock {
        self.timestampDefaults = timestampDefaults
        blockNumber += 1
        var block = ParsedBlock(
            logTypes: logTypes, unknownLogType: FormatLibrary.unknownLogType,
            featureCount: FeatureTable.lineFeatureCount, lineCount: lines.count, byteCount: lines.bytes.count)
        lines.bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for end in lines.ends {
                parse(UnsafeBufferPointer(rebasing: bytes[start..<end]), as: format, into: &block, liveTree)
                start = end
            }
        }
        return block
    }

    private mutating func parse(
        _ line: UnsafeBufferPointer<UInt8>, as format: LineParser.Format, into block: inout ParsedBlock,
        _ liveTree: borrowing Mutex<DrainTree>
    ) {
        let (clean, isTruncated) = cleaner.clean(line)
        switch format {
        case .detected: matcher.match(clean)
        case .forced(let index): matcher.match(clean, forcing: index)
        case .unknown: matcher.take(clean)
        }
        let content = matcher.contentBytes
        let timestamp = matcher.timestamp
        message.load(content)
        let form = form(seenAt: timestamp?.milliseconds(timestampDefaults), liveTree)

        var parsed = ParsedBlock.Line()
        parsed.logType = matcher.formatIndex ?? -1
        parsed.runnerUp = matcher.runnerUpIndex ?? -1
        parsed.confidence = matcher.confidence
        parsed.severityNumber = matcher.severityNumber
        parsed.isTruncated = isTruncated
        parsed.template = template(of: form, in: &block)
        writeParts(of: &parsed, to: &block)
        let contentStart = Int(parsed.content.start)
        forms[form].live.forEachParameter(of: message) { range in
            block.append(
                parameter: ParsedBlock.Part(
                    start: contentStart + range.lowerBound, end: contentStart + range.upperBound))
        }
        if let timestamp {
            parsed.timestamp = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Timestamp.textLimit) { text in
                let count = timestamp.writeRFC3339(to: text, timestampDefaults)
                return block.append(text: UnsafeBufferPointer(rebasing: text[..<count]))
            }
        }
        modelText.make(
            severityNumber: parsed.severityNumber, component: matcher.bytes(.component), message: message)
        parsed.modelText = block.append(text: modelText.bytes)
        let header = LineFeatures.Header(
            length: max(0, matcher.lineLength - content.count), severityNumber: parsed.severityNumber,
            hourOfDay: timestamp?.hour)
        LineFeatures.append(
            message: content.span, header: header, template: forms[form].statistics, to: &block.features)
        block.append(parsed, warnings: warnings(isTruncated: isTruncated))
    }

    /// Copies what the line's columns are made of, and says where in the block they stand.
    private func writeParts(of line: inout ParsedBlock.Line, to block: inout ParsedBlock) {
        // All columns lie in the line, or in one copy of it: what is between the first and the last is copied at once.
        let columns = matcher.columnRanges
        let content = matcher.contentRange
        var (start, end) = (content.start, content.end)
        for column in columns where column.isSet {
            start = min(start, column.start)
            end = max(end, column.end)
        }
        let text = block.append(text: UnsafeBufferPointer(start: matcher.text + Int(start), count: Int(end - start)))
        let shift = Int(text.start - start)
        func part(_ range: FieldRange) -> ParsedBlock.Part {
            range.isSet ? ParsedBlock.Part(start: Int(range.start) + shift, end: Int(range.end) + shift) : .absent
        }
        withUnsafeTemporaryAllocation(of: ParsedBlock.Part.self, capacity: columns.count) { parts in
            for (index, column) in columns.enumerated() { parts[index] = part(column) }
            block.append(fields: UnsafeBufferPointer(parts))
        }
        line.content = part(content)
        line.host = part(matcher.range(.host))
        line.component = part(matcher.range(.component))
        line.processID = part(matcher.range(.processID))
        line.level = part(matcher.range(.level))
    }

    /// Counts the message in the live tree and gives the number of its form in `forms`.
    private mutating func form(seenAt: Int64?, _ liveTree: borrowing Mutex<DrainTree>) -> Int {
        if let number = forms.number(of: message) {
            let renewed = liveTree.withLock { tree -> RecognizedTemplate? in
                tree.visit(forms[number].live, by: message, seenAt: seenAt)
                    ? nil : tree.recognize(message, seenAt: seenAt)
            }
            if let renewed {
                forms[number].live = renewed
                forms[number].blockNumber = 0
            }
            return number
        }
        let live = liveTree.withLock { $0.recognize(message, seenAt: seenAt) }
        return forms.insert(
            FormMemory.Entry(live: live, modelTemplate: frozenTree.match(message) ?? message.typedText), for: message)
    }

    /// The index of a form's template in the block, to which it is added where this is its first line.
    private mutating func template(of form: Int, in block: inout ParsedBlock) -> Int {
        if forms[form].blockNumber != blockNumber {
            forms[form].blockNumber = blockNumber
            forms[form].blockIndex = block.append(template: forms[form].shared)
        }
        return forms[form].blockIndex
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
