internal import Foundation

/// Finds the format of one line after another and where its fields stand.
///
/// It owns the memory that matching needs, so it is made once and used for many lines, by one thread at a time. What it
/// says of a line is valid until the next `match`, and while the line's bytes are.
public final class LineMatcher {
    /// The most columns a format can have.
    static let columnLimit = 40

    public let library: FormatLibrary
    private let compiled: CompiledFormats
    private let candidates: UnsafeMutableBufferPointer<Candidate>
    private var captures: UnsafeMutablePointer<FieldRange>
    private var spare: UnsafeMutablePointer<FieldRange>
    private let choices: UnsafeMutablePointer<Choice>
    private var row = CommaRow()
    private var structured = StructuredLine()

    /// The bytes that ranges count in: the line, or a copy of it with quotes and escapes undone.
    private var base: UnsafePointer<UInt8>
    /// The position of the line's format in the library; nil where no format fits.
    public private(set) var formatIndex: Int?
    /// The next best format.
    public private(set) var runnerUpIndex: Int?
    /// How sure the detection is, in 0...1.
    public private(set) var confidence: Float = 0
    /// True where the line is the header row of a comma-separated layout and holds no message.
    public private(set) var isHeaderRow = false
    /// True where a format was forced on the line that does not fit it.
    public private(set) var isMismatch = false
    private var content = FieldRange()

    public init(library: FormatLibrary) {
        self.library = library
        compiled = library.compiled
        candidates = .allocate(capacity: max(1, compiled.candidates.count))
        for (index, candidate) in compiled.candidates.enumerated() {
            (candidates.baseAddress! + index).initialize(to: candidate)
        }
        captures = .allocate(capacity: Self.columnLimit)
        captures.initialize(repeating: .unset, count: Self.columnLimit)
        spare = .allocate(capacity: Self.columnLimit)
        spare.initialize(repeating: .unset, count: Self.columnLimit)
        choices = .allocate(capacity: ProgramView.choiceLimit)
        base = UnsafePointer(Self.nothing)
    }

    deinit {
        candidates.deallocate()
        captures.deallocate()
        spare.deallocate()
        choices.deallocate()
    }

    private nonisolated(unsafe) static let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

    /// Reads a line; white space around it is not part of it.
    ///
    /// - Parameter forced: the position of the format that the line is said to have; nil tries all.
    public func match(_ line: UnsafeBufferPointer<UInt8>, forcing forced: Int? = nil) {
        formatIndex = nil
        runnerUpIndex = nil
        confidence = 0
        isHeaderRow = false
        isMismatch = false
        base = line.baseAddress ?? UnsafePointer(Self.nothing)
        var start = 0
        var end = min(line.count, Int(Int32.max))
        while start < end, ByteScanner.isWhite(base[start]) { start += 1 }
        while end > start, ByteScanner.isWhite(base[end - 1]) { end -= 1 }
        content = FieldRange(start: Int32(start), end: Int32(end))
        guard start < end else {
            if let forced { formatIndex = forced }
            clear(captures)
            return
        }
        detect(base, start, end, forced: forced)
        if let forced, formatIndex != forced {
            formatIndex = forced
            runnerUpIndex = nil
            confidence = 0
            isMismatch = true
            clear(captures)
        }
    }

    private func detect(_ line: UnsafePointer<UInt8>, _ start: Int, _ end: Int, forced: Int?) {
        let scanner = ByteScanner(base: line, end: end)
        var evidence: Float = 0
        var hasTriedComma = false
        for word in 0..<compiled.maskWords {
            var mask = allowed(word, scanner, start)
            while mask != 0 {
                let number = word * 64 + mask.trailingZeroBitCount
                mask &= mask - 1
                if number >= compiled.firstGeneral, !hasTriedComma, formatIndex == nil {
                    hasTriedComma = true
                    if matchCommaRow(scanner, start, forced: forced) { return }
                }
                let candidate = candidates[number]
                if let forced, candidate.format != forced { continue }
                if let winner = formatIndex {
                    if candidate.format == winner { continue }
                    swap(&captures, &spare)
                    let fits = fits(candidate, scanner, start)
                    swap(&captures, &spare)
                    if fits {
                        runnerUpIndex = candidate.format
                        confidence = Self.confidence(evidence, runnerUp: candidate.evidence)
                        return
                    }
                } else if fits(candidate, scanner, start) {
                    formatIndex = candidate.format
                    evidence = candidate.evidence
                    confidence = Self.confidence(evidence, runnerUp: nil)
                    take(candidate.format)
                    if forced != nil {
                        confidence = 1
                        return
                    }
                }
            }
        }
        if formatIndex == nil, !hasTriedComma { _ = matchCommaRow(scanner, start, forced: forced) }
        if formatIndex == nil { clear(captures) }
    }

    /// The candidates of one word of the mask whose prefix fits the bytes at `start`.
    @inline(__always) private func allowed(_ word: Int, _ scanner: ByteScanner, _ start: Int) -> UInt64 {
        let words = compiled.maskWords
        let table = compiled.prefixes + word
        var mask = UInt64.max
        for place in 0..<PatternPrefix.length {
            let position = start + place
            let byte = position < scanner.end ? Int(scanner.base[position]) : 256
            mask &= table[(place * 257 + byte) * words]
        }
        return mask
    }

    @inline(__always) private func fits(_ candidate: Candidate, _ scanner: ByteScanner, _ start: Int) -> Bool {
        clear(captures)
        switch candidate.reader {
        case .pattern:
            return compiled.program.run(
                candidate.entry, scanner, from: start, captures: captures, choices: choices)
        case .json, .logfmt:
            return structured.read(
                scanner, from: start, as: candidate.reader, format: library.formats[candidate.format],
                captures: captures)
        }
    }

    /// Makes the captures those of the line, whose format is known now.
    @inline(__always) private func take(_ format: Int) {
        if library.formats[format].reader != .pattern { base = structured.base }
        let slot = library.formats[format].slot(.content)
        if slot >= 0, captures[slot].isSet {
            content = captures[slot]
        } else if slot >= 0 {
            content = FieldRange(start: content.end, end: content.end)
        }
    }

    @inline(__always) private func clear(_ ranges: UnsafeMutablePointer<FieldRange>) {
        for slot in 0..<Self.columnLimit { ranges[slot] = .unset }
    }

    /// Evidence of `bits` leaves a doubt of 2^(-bits / 4), and a runner-up leaves that of the odds between the two.
    private static func confidence(_ evidence: Float, runnerUp: Float?) -> Float {
        let strength = 1 - exp2(-evidence / 4)
        guard let runnerUp else { return strength }
        return strength / (1 + exp2(-max(1, evidence - runnerUp)))
    }
}

// MARK: - Comma-separated rows

extension LineMatcher {
    private func matchCommaRow(_ scanner: ByteScanner, _ start: Int, forced: Int?) -> Bool {
        guard !compiled.commaLayouts.isEmpty, row.cut(scanner.base, from: start, to: scanner.end) else { return false }
        var best = -1
        var bestScore: Float = -1
        var second = -1
        var secondScore: Float = -1
        for (index, layout) in compiled.commaLayouts.enumerated() {
            if let forced, layout.format != forced { continue }
            if isHeader(layout) {
                formatIndex = layout.format
                confidence = 0.99
                isHeaderRow = true
                clear(captures)
                return true
            }
            guard let score = score(layout) else { continue }
            if score > bestScore {
                if best >= 0, compiled.commaLayouts[best].format != layout.format {
                    (second, secondScore) = (best, bestScore)
                }
                (best, bestScore) = (index, score)
            } else if score > secondScore, compiled.commaLayouts[best].format != layout.format {
                (second, secondScore) = (index, score)
            }
        }
        guard best >= 0 else { return false }
        let layout = compiled.commaLayouts[best]
        capture(layout)
        base = row.base
        formatIndex = layout.format
        runnerUpIndex = second >= 0 ? compiled.commaLayouts[second].format : nil
        confidence = forced != nil ? 1 : Self.confidence(bestScore, runnerUp: second >= 0 ? secondScore : nil)
        let slot = library.formats[layout.format].slot(.content)
        if slot >= 0 { content = captures[slot] }
        return true
    }

    /// 1 where the row begins with a line number before the layout's columns.
    private func offset(_ layout: CommaLayout) -> Int {
        let first = row.ranges[0]
        let scanner = ByteScanner(base: row.base, end: Int(first.end))
        guard row.count > layout.columns.count, scanner.integer(Int(first.start)) == Int(first.end) else { return 0 }
        return fits(layout, from: 1) ? 1 : 0
    }

    private func fits(_ layout: CommaLayout, from offset: Int) -> Bool {
        guard row.count >= layout.columns.count + offset else { return false }
        for (index, column) in layout.columns.enumerated() where !fits(column, row.ranges[index + offset]) {
            return false
        }
        return true
    }

    private func fits(_ column: CommaLayout.Column, _ range: FieldRange) -> Bool {
        if range.count == 0 { return column.mayBeEmpty }
        if column.check < 0 { return true }
        let scanner = ByteScanner(base: row.base, end: Int(range.end))
        return compiled.program.run(
            column.check, scanner, from: Int(range.start), captures: spare, choices: choices)
    }

    /// How well the row fits, in bits; nil where it does not.
    private func score(_ layout: CommaLayout) -> Float? {
        let offset = offset(layout)
        guard offset == 1 || fits(layout, from: 0) else { return nil }
        var score = layout.evidence
        for (index, column) in layout.columns.enumerated() where !column.vocabulary.isEmpty {
            let range = row.ranges[index + offset]
            let value = UnsafeBufferPointer(start: row.base + Int(range.start), count: range.count)
            if column.vocabulary.contains(where: { Self.matches($0, value) }) { score += 12 }
        }
        return score
    }

    /// A word, or its begin where it ends in `*`.
    private static func matches(_ word: [UInt8], _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        word.last == UInt8(ascii: "*") ? value.starts(with: word.dropLast()) : value.elementsEqual(word)
    }

    private func isHeader(_ layout: CommaLayout) -> Bool {
        let offset = row.equals(0, Array("LineId".utf8)) ? 1 : 0
        guard layout.names.count > 2, row.count >= layout.names.count + offset else { return false }
        return layout.names.indices.allSatisfy { row.equals($0 + offset, layout.names[$0]) }
    }

    private func capture(_ layout: CommaLayout) {
        clear(captures)
        let offset = offset(layout)
        for (index, column) in layout.columns.enumerated() { captures[column.slot] = row.ranges[index + offset] }
        guard let last = layout.columns.last else { return }
        let used = layout.columns.count + offset
        // A whole row goes on with the event's id and template; otherwise what follows is text with commas in it.
        if row.count >= used + 2, isEventID(row.ranges[used]) { return }
        if row.count > used { captures[last.slot].end = Int32(row.end) }
    }

    private func isEventID(_ range: FieldRange) -> Bool {
        let scanner = ByteScanner(base: row.base, end: Int(range.end))
        return range.count > 1 && row.base[Int(range.start)] == UInt8(ascii: "E")
            && scanner.integer(Int(range.start) + 1) == Int(range.end)
    }
}

// MARK: - What the line holds

extension LineMatcher {
    /// The log type; `Unknown` where no format fits.
    public var logType: String { formatIndex.map { library.formats[$0].name } ?? FormatLibrary.unknownLogType }

    /// The message without its header: the whole line where no format fits.
    public var contentBytes: UnsafeBufferPointer<UInt8> { bytes(content) }

    /// The bytes of the column that plays `role`, or nil where the line has none.
    public func bytes(_ role: LogFormat.Role) -> UnsafeBufferPointer<UInt8>? {
        guard let formatIndex else { return nil }
        let slot = library.formats[formatIndex].slot(role)
        guard slot >= 0, captures[slot].isSet, captures[slot].count > 0 else { return nil }
        return bytes(captures[slot])
    }

    /// The bytes of a column, or nil where the line has none.
    public func bytes(column: Int) -> UnsafeBufferPointer<UInt8>? {
        captures[column].isSet ? bytes(captures[column]) : nil
    }

    /// The moment that the line names, or nil.
    public var timestamp: Timestamp? {
        guard let formatIndex else { return nil }
        return library.formats[formatIndex].timestamp?.read(base, ranges: captures)
    }

    /// OpenTelemetry severity number, 1...24; 0 where the line has no level.
    public var severityNumber: Int {
        guard let formatIndex else { return 0 }
        if let level = bytes(.level) { return library.formats[formatIndex].severity(of: level) }
        if let priority = bytes(.priority), let value = Int(String(decoding: priority, as: UTF8.self)) {
            return Int(SeverityTable.syslog[value & 7])
        }
        return 0
    }

    private func bytes(_ range: FieldRange) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + Int(range.start), count: range.count)
    }
}
