/// One record of a log: a line, or several that belong together, such as an exception and its stack trace.
public struct LogRecordText: Sendable, Hashable {
    /// The lines with `\n` between them.
    public var bytes: [UInt8]
    /// The 1-based numbers of the first and last physical line.
    public var lines: ClosedRange<Int>

    public init(bytes: [UInt8], lines: ClosedRange<Int>) {
        self.bytes = bytes
        self.lines = lines
    }
}

/// Joins the lines of multi-line records: indented continuations, and stack traces of Java, Python, Go and Swift.
///
/// A line goes on a record by its shape alone: it is indented deeper than the record's first line, it belongs to the
/// trace that the record is in, or it opens one. Limits bound a record's lines and bytes. It is a value without a clock:
/// who reads a stream calls `flush` when no line came for a while, so that the last record does not wait for ever.
public struct RecordJoiner: Sendable {
    public struct Limits: Sendable, Hashable {
        /// The most lines of one record; the next line begins another.
        public var maxLines = 512
        /// The most bytes of one record.
        public var maxBytes = 65_536

        public init() {}
    }

    /// The kind of trace that a record is in.
    enum Trace: Sendable {
        case none, java, python, go, swift
    }

    private let limits: Limits
    private var bytes: [UInt8] = []
    private var firstLine = 0
    private var lastLine = 0
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

    /// Takes the next line and gives the record that it ends, if it ends one.
    public mutating func add(_ line: some Collection<UInt8>) -> LogRecordText? {
        Array(line).withUnsafeBufferPointer { add($0) }
    }

    /// Takes the next line and gives the record that it ends, if it ends one.
    public mutating func add(_ line: UnsafeBufferPointer<UInt8>) -> LogRecordText? {
        count += 1
        let head = LineHead(line)
        let fits = lastLine - firstLine + 1 < limits.maxLines && bytes.count + 1 + line.count <= limits.maxBytes
        if pendingLine != nil, fits, let next = continuation(head) {
            trace = next
            bytes.append(UInt8(ascii: "\n"))
            bytes.append(contentsOf: line)
            lastLine = count
            if head.indentation > indentation { hasIndentedLines = true }
            return nil
        }
        let done = flush()
        bytes.append(contentsOf: line)
        firstLine = count
        lastLine = count
        trace = head.openedTrace
        indentation = head.indentation
        hasIndentedLines = false
        return done
    }

    /// Gives the record that is held, as no more lines belong to it.
    public mutating func flush() -> LogRecordText? {
        guard pendingLine != nil else { return nil }
        let record = LogRecordText(bytes: bytes, lines: firstLine...lastLine)
        bytes.removeAll(keepingCapacity: true)
        firstLine = 0
        lastLine = 0
        trace = .none
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
            return head.isExceptionName ? Trace.none : nil
        case .go:
            return isIndented || head.isBlank || head.isGoFrame || head.opensGoTrace ? .go : nil
        case .swift:
            return isIndented || head.isBlank || head.isSwiftFrame ? .swift : nil
        case .none, .java:
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
