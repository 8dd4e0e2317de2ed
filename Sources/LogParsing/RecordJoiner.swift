public import TocsinCore

/// One record of a log: a line, or several that belong together, such as an exception and its stack trace.
public struct LogRecordText: Sendable, Hashable {
    /// The lines with `\n` between them.
    public var bytes: [UInt8]
    public var place: RecordPlace

    public init(bytes: [UInt8], place: RecordPlace) {
        self.bytes = bytes
        self.place = place
    }
}

/// Joins the lines of multi-line records: indented continuations, and stack traces of Java, Python, Go and Swift.
///
/// A line goes on a record by its shape alone: it is indented deeper than the record's first line, it belongs to the
/// trace that the record is in, or it opens one. Limits bound a record's lines and bytes; what they cut goes on as the
/// record's next part. It is a value without a clock: who reads a stream calls `flush` when no line came for a while, so
/// that the last record does not wait for ever; lines of it that come later are its next part as well.
public struct RecordJoiner: Sendable {
    public struct Limits: Sendable, Hashable {
        /// The most lines of one record or part of it.
        public var maxLines = 512
        /// The most bytes of one record or part of it; a line that is longer stands alone and whole.
        public var maxBytes = 65_536

        public init() {}
    }

    /// The kind of trace that a record is in.
    enum Trace: Sendable {
        case none, java, python, go, swift
        /// After the exception that ends a Python trace: a chained one may follow.
        case pythonEnd
    }

    private let limits: Limits
    private var bytes: [UInt8] = []
    private var firstLine = 0
    private var lastLine = 0
    /// That of the record that is held, once it is known to be cut.
    private var part: Int?
    private var trace = Trace.none
    /// Of the record's first line.
    private var indentation = 0
    private var hasIndentedLines = false
    private var count = 0

    public init(limits: Limits = Limits()) {
        precondition(limits.maxLines > 0 && limits.maxBytes > 0, "a record has at least one line and one byte")
        self.limits = limits
    }

    /// The number of the first line of the record that is held and that `flush` would give; nil where none is.
    public var pendingLine: Int? { firstLine > 0 ? firstLine : nil }

    /// Takes the next line and gives the record, or part of one, that it ends, if it ends one.
    public mutating func add(_ line: some Collection<UInt8>) -> LogRecordText? {
        Array(line).withUnsafeBufferPointer { add($0) }
    }

    /// Takes the next line and gives the record, or part of one, that it ends, if it ends one.
    public mutating func add(_ line: UnsafeBufferPointer<UInt8>) -> LogRecordText? {
        count += 1
        let head = LineHead(line)
        guard count > 1, let next = continuation(head) else {
            let done = flush()
            part = nil
            trace = head.openedTrace
            indentation = head.indentation
            hasIndentedLines = false
            hold(line)
            return done
        }
        trace = next
        if head.indentation > indentation { hasIndentedLines = true }
        let fits = lastLine - firstLine + 1 < limits.maxLines && bytes.count + 1 + line.count <= limits.maxBytes
        if pendingLine != nil, fits {
            bytes.append(UInt8(ascii: "\n"))
            bytes.append(contentsOf: line)
            lastLine = count
            return nil
        }
        part = part ?? 1
        let done = flush()
        part = part.map { $0 + 1 }
        hold(line)
        return done
    }

    private mutating func hold(_ line: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: line)
        firstLine = count
        lastLine = count
    }

    /// Gives the record that is held: no more lines belong to it, or they are not waited for.
    public mutating func flush() -> LogRecordText? {
        guard pendingLine != nil else { return nil }
        let record = LogRecordText(bytes: bytes, place: RecordPlace(lines: firstLine...lastLine, part: part))
        bytes.removeAll(keepingCapacity: true)
        firstLine = 0
        lastLine = 0
        return record
    }

    /// The trace that the record is in after the line, or nil where the line begins a record of its own.
    private func continuation(_ head: LineHead) -> Trace? {
        // A log may indent every line: only what is indented deeper than the record's begin goes on it.
        let isIndented = !head.isBlank && head.indentation > indentation
        switch trace {
        case .python:
            // The exception itself stands unindented at the end, and a chained one opens a new trace after blank lines.
            if isIndented || head.isBlank || head.opensPythonTrace || head.joinsPythonTraces { return .python }
            return head.isExceptionName ? .pythonEnd : nil
        case .go:
            return isIndented || head.isBlank || head.isGoFrame || head.opensGoTrace ? .go : nil
        case .swift:
            return isIndented || head.isBlank || head.isSwiftFrame ? .swift : nil
        case .pythonEnd where head.isBlank: return .pythonEnd
        case .pythonEnd where head.joinsPythonTraces: return .python
        case .none, .java, .pythonEnd:
            if isIndented { return trace }
            if head.isBlank { return nil }
            if head.isJavaContinuation { return .java }
            if head.opensPythonTrace { return .python }
            if head.opensGoTrace { return .go }
            if hasIndentedLines, head.isClosingBracket { return trace }
            return head.isSwiftFrame ? .swift : nil
        }
    }
}
