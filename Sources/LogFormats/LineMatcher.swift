internal import Foundation

/// Finds the format of one line after another and where its fields stand.
///
/// It owns the memory that matching needs, so it is made once and used for many lines, by one thread at a time. What it
/// says of a line is valid until the next `match`, and while the line's bytes are.
public final class LineMatcher {
    /// The most columns a format can have.
    static let columnLimit = 40

    /// What is known of a line's format.
    struct Detection {
        /// The position of the format in the library; -1 where no format fits.
        var format = -1
        /// The next best format, or -1.
        var runnerUp = -1
        var confidence: Float = 0
        var isHeaderRow = false
        var isMismatch = false
        /// The bytes that ranges count in: the line, or a copy of it with quotes and escapes undone.
        var base: UnsafePointer<UInt8>
        var content = FieldRange()
        /// Bytes of the line without the white space around it.
        var lineLength = 0
    }

    public let library: FormatLibrary
    let compiled: CompiledFormats
    let tables: FormatTables
    let captures: UnsafeMutablePointer<FieldRange>
    /// The captures of formats that are tried beside the line's own.
    let spare: UnsafeMutablePointer<FieldRange>
    let choices: UnsafeMutablePointer<Choice>
    /// Where the steps of the stems end in the line.
    private let stemEnds: UnsafeMutablePointer<Int32>
    /// The set of candidates whose prefix fits the line.
    private let allowed: UnsafeMutablePointer<UInt64>
    private let nothing: UnsafeMutablePointer<UInt8>
    var row = CommaRow()
    private var structured = StructuredLine()
    // No two accesses overlap: each is for the length of one statement of this class.
    @exclusivity(unchecked) private var detection: Detection

    public init(library: FormatLibrary) {
        self.library = library
        compiled = library.compiled
        tables = library.compiled.tables
        captures = .allocate(capacity: Self.columnLimit)
        captures.initialize(repeating: .unset, count: Self.columnLimit)
        spare = .allocate(capacity: Self.columnLimit)
        spare.initialize(repeating: .unset, count: Self.columnLimit)
        choices = .allocate(capacity: ProgramView.choiceLimit)
        stemEnds = .allocate(capacity: tables.stems.stepCount)
        allowed = .allocate(capacity: tables.maskWords)
        nothing = .allocate(capacity: 1)
        detection = Detection(base: UnsafePointer(nothing))
    }

    deinit {
        captures.deallocate()
        spare.deallocate()
        choices.deallocate()
        stemEnds.deallocate()
        allowed.deallocate()
        nothing.deallocate()
    }

    /// Reads a line; white space around it is not part of it.
    ///
    /// - Parameter forced: the position of the format that the line is said to have; nil tries all.
    public func match(_ line: UnsafeBufferPointer<UInt8>, forcing forced: Int? = nil) {
        var detection = whole(line)
        let (start, end) = (Int(detection.content.start), Int(detection.content.end))
        if start < end {
            detect(ByteScanner(base: detection.base, end: end), start, forced: forced ?? -1, &detection)
        }
        if detection.format < 0 || detection.isHeaderRow { clear(captures) }
        if let forced, detection.format < 0 {
            detection.format = forced
            // An empty line fits any format.
            detection.isMismatch = start < end
        }
        self.detection = detection
    }

    /// Reads a line as one of no format: all of it is its content, without the white space around it.
    public func take(_ line: UnsafeBufferPointer<UInt8>) {
        detection = whole(line)
        detection.confidence = 1
        clear(captures)
    }

    private func whole(_ line: UnsafeBufferPointer<UInt8>) -> Detection {
        let base = line.baseAddress ?? UnsafePointer(nothing)
        var start = 0
        var end = min(line.count, Int(Int32.max))
        while start < end, ByteScanner.isWhite(base[start]) { start += 1 }
        while end > start, ByteScanner.isWhite(base[end - 1]) { end -= 1 }
        var detection = Detection(base: base)
        detection.content = FieldRange(start: Int32(start), end: Int32(end))
        detection.lineLength = end - start
        return detection
    }

    private func detect(_ scanner: ByteScanner, _ start: Int, forced: Int, _ detection: inout Detection) {
        let tables = self.tables
        stemEnds.update(repeating: StemView.unread, count: tables.stems.stepCount)
        stemEnds[0] = Int32(start)
        var evidence: Float = 0
        var hasTriedComma = false
        findAllowed(scanner, start)
        for word in 0..<tables.maskWords {
            var mask = allowed[word]
            while mask != 0 {
                let number = word * 64 + mask.trailingZeroBitCount
                mask &= mask - 1
                if number >= tables.firstGeneral, !hasTriedComma, detection.format < 0 {
                    hasTriedComma = true
                    if matchCommaRow(scanner, start, forced: forced, &detection) { return }
                }
                let candidate = tables.candidates[number]
                if forced >= 0, candidate.format != forced { continue }
                if detection.format < 0 {
                    guard fits(candidate, scanner, start, into: captures) else { continue }
                    evidence = candidate.evidence
                    detection.format = candidate.format
                    if candidate.reader != .pattern { detection.base = structured.base }
                    takeContent(&detection)
                    if forced >= 0 {
                        detection.confidence = 1
                        return
                    }
                } else if candidate.format != detection.format, candidate.reader == .pattern,
                    fits(candidate, scanner, start, into: spare)
                {
                    detection.runnerUp = candidate.format
                    detection.confidence = Self.confidence(evidence, runnerUp: candidate.evidence)
                    return
                }
            }
        }
        if detection.format >= 0 {
            detection.confidence = Self.confidence(evidence, runnerUp: nil)
        } else if !hasTriedComma {
            _ = matchCommaRow(scanner, start, forced: forced, &detection)
        }
    }

    /// Finds the candidates whose prefix fits the bytes at `start`.
    @inline(__always)
    private func findAllowed(_ scanner: ByteScanner, _ start: Int) {
        let words = tables.maskWords
        allowed.update(repeating: .max, count: words)
        for place in 0..<PatternPrefix.length {
            let position = start + place
            let byte = position < scanner.end ? Int(scanner.base[position]) : 256
            let row = tables.prefixes + (place * 257 + byte) * words
            for word in 0..<words { allowed[word] &= row[word] }
        }
    }

    @inline(__always)
    private func fits(
        _ candidate: Candidate, _ scanner: ByteScanner, _ start: Int, into captures: UnsafeMutablePointer<FieldRange>
    ) -> Bool {
        let columnCount = tables.formats[candidate.format].columnCount
        if let stem = candidate.stem {
            let position = tables.stems.end(of: stem, scanner, tables.program, stemEnds)
            guard position >= 0 else { return false }
            captures.update(repeating: .unset, count: columnCount)
            tables.stems.fill(captures, by: stem, stemEnds)
            return tables.program.run(candidate.entry, scanner, from: position, captures: captures, choices: choices)
        }
        captures.update(repeating: .unset, count: columnCount)
        return structured.read(
            scanner, from: start, as: candidate.reader, keys: library.formats[candidate.format].keys,
            contentSlot: tables.formats[candidate.format].contentSlot, captures: captures)
    }

    /// Makes the content that of the captures; a format without a message has an empty one.
    @inline(__always)
    func takeContent(_ detection: inout Detection) {
        let slot = tables.formats[detection.format].contentSlot
        guard slot >= 0 else { return }
        let end = detection.content.end
        detection.content = captures[slot].isSet ? captures[slot] : FieldRange(start: end, end: end)
    }

    @inline(__always)
    func clear(_ ranges: UnsafeMutablePointer<FieldRange>) {
        ranges.update(repeating: .unset, count: Self.columnLimit)
    }

    /// Evidence of `bits` leaves a doubt of 2^(-bits / 4), and a runner-up leaves that of the odds between the two.
    static func confidence(_ evidence: Float, runnerUp: Float?) -> Float {
        let strength = 1 - exp2(-evidence / 4)
        guard let runnerUp else { return strength }
        return strength / (1 + exp2(-max(1, evidence - runnerUp)))
    }
}

// MARK: - What the line holds

extension LineMatcher {
    /// The position of the line's format in the library; nil where no format fits.
    public var formatIndex: Int? { detection.format < 0 ? nil : detection.format }
    /// The next best format.
    public var runnerUpIndex: Int? { detection.runnerUp < 0 ? nil : detection.runnerUp }
    /// How sure the detection is, in 0...1.
    public var confidence: Float { detection.confidence }
    /// True where the line is the header row of a comma-separated layout and holds no message.
    public var isHeaderRow: Bool { detection.isHeaderRow }
    /// True where a format was forced on the line that does not fit it.
    public var isMismatch: Bool { detection.isMismatch }

    /// The log type; `Unknown` where no format fits.
    public var logType: String { formatIndex.map { library.formats[$0].name } ?? FormatLibrary.unknownLogType }

    /// Bytes of the line without the white space around it, which is no part of the line.
    public var lineLength: Int { detection.lineLength }

    /// The message without its header: the whole line where no format fits.
    public var contentBytes: UnsafeBufferPointer<UInt8> { bytes(detection.content) }

    /// The bytes that ranges count in: the line, or a copy of it with quotes and escapes undone.
    public var text: UnsafePointer<UInt8> { detection.base }
    /// Where the message without its header stands.
    public var contentRange: FieldRange { detection.content }

    /// Where each of the format's columns stands; empty where no format fits.
    public var columnRanges: UnsafeBufferPointer<FieldRange> {
        let count = detection.format < 0 ? 0 : tables.formats[detection.format].columnCount
        return UnsafeBufferPointer(start: captures, count: count)
    }

    /// Where the column that plays `role` stands; unset where the line has none or a dash for it.
    public func range(_ role: LogFormat.Role) -> FieldRange {
        guard detection.format >= 0 else { return .unset }
        let slot = tables.roles[tables.formats[detection.format].firstRole + role.rawValue]
        guard slot >= 0, captures[slot].isSet else { return .unset }
        var range = captures[slot]
        let base = detection.base
        // Some formats pad their columns to one width.
        while range.end > range.start, ByteScanner.isWhite(base[Int(range.end) - 1]) { range.end -= 1 }
        let isDash = range.count == 1 && base[Int(range.start)] == UInt8(ascii: "-")
        return range.count == 0 || isDash ? .unset : range
    }

    /// The bytes of the column that plays `role`, or nil where the line has none or a dash for it.
    public func bytes(_ role: LogFormat.Role) -> UnsafeBufferPointer<UInt8>? {
        let range = range(role)
        return range.isSet ? bytes(range) : nil
    }

    /// The bytes of a column, or nil where the line has none.
    public func bytes(column: Int) -> UnsafeBufferPointer<UInt8>? {
        captures[column].isSet ? bytes(captures[column]) : nil
    }

    /// The moment that the line names, or nil.
    public var timestamp: Timestamp? {
        guard detection.format >= 0 else { return nil }
        let format = tables.formats[detection.format]
        let steps = UnsafeBufferPointer(start: tables.steps + format.firstStep, count: format.stepCount)
        return TimestampRule.read(steps, detection.base, ranges: captures)
    }

    /// OpenTelemetry severity number, 1...24; 0 where the line has no level.
    public var severityNumber: Int {
        guard detection.format >= 0 else { return 0 }
        if let level = bytes(.level) { return severity(of: level) }
        guard let priority = bytes(.priority), priority.count <= 3 else { return 0 }
        let value = priority.reduce(0) { $0 * 10 + Int($1 &- 48) }
        return Int(SeverityTable.syslog[value & 7])
    }

    private func severity(of level: UnsafeBufferPointer<UInt8>) -> Int {
        let format = tables.formats[detection.format]
        for index in format.firstLevel..<format.firstLevel + format.levelCount {
            let own = tables.levels[index]
            let name = UnsafeBufferPointer(start: tables.program.literals + Int(own.offset), count: Int(own.count))
            if name.count == level.count, name.elementsEqual(level) { return Int(own.number) }
        }
        return SeverityTable.number(of: level)
    }

    private func bytes(_ range: FieldRange) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: detection.base + Int(range.start), count: range.count)
    }
}
