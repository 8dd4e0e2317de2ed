internal import LogParsing
internal import TocsinCore

/// Records that were read together, and where each stood.
struct RecordBlock {
    /// The text of each record; lines that were joined have `\n` between them.
    var records = LineBlock()
    var places: [RecordPlace] = []

    /// The number of the last line of all; 0 where there is none.
    var lastLine: Int { places.last?.lines.upperBound ?? 0 }
}

/// Reads the records of a file or of standard input in blocks, in memory that does not grow with the input.
///
/// A record is a line, or several that belong together where they are joined.
actor RecordReader {
    struct Options {
        /// True joins the lines of stack traces and continued messages.
        var joinsLines = false
        /// What cuts a record into parts.
        var limits = RecordJoiner.Limits()
        /// True reads what does not look like text.
        var acceptsBinary = false
        /// How long a stream may keep a record back, waiting for more of its lines.
        var patience = Duration.seconds(1)
        /// After so long without anything to read an empty block is given, so that who sends records on can say that it is
        /// there; nil waits for records.
        var heartbeat: Duration?
        /// What ends a file that is followed as it grows; nil reads it to its end.
        var interruption: Interruption?
    }

    /// Reading may wait for long: it has a thread of its own to do so.
    private let thread = InputThread()
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// How messages call the input.
    nonisolated let name: String
    /// The file's size as it lies there, compressed or not; nil where it has none, as a pipe.
    nonisolated let size: Int?
    /// When the file was last changed, in seconds since 1970; nil for what is no file.
    nonisolated let modified: Int?

    private let inputPosition: InputPosition
    private let patience: Duration
    private let heartbeat: Duration?
    private var source: TextSource
    private var cutter = LineCutter()
    private var joiner: RecordJoiner?
    /// Those of the file that were passed over.
    private let skippedLines: Int
    private var lineCount = 0
    private var pendingSince = ContinuousClock.now
    private var isAtEnd = false
    private var failure: InputError?

    /// - Parameter path: `-` stands for standard input.
    init(path: String, options: Options = Options()) throws(InputError) {
        let file = try InputFile(path: path, followingUntil: options.interruption)
        skippedLines = file.skippedLines
        name = file.name
        size = file.size
        modified = file.modified
        inputPosition = file.position
        source = TextSource(file, acceptsBinary: options.acceptsBinary)
        joiner = options.joinsLines ? RecordJoiner(limits: options.limits) : nil
        patience = options.patience
        heartbeat = options.heartbeat
    }

    /// Bytes of the file read so far, as they lie there.
    nonisolated var position: Int { inputPosition.bytes }

    /// The records that were read next, none where it is time for a heartbeat; nil at the end of the input.
    ///
    /// - Throws: `InputError`, after everything that could be read was given.
    func next() throws(InputError) -> RecordBlock? {
        var block = RecordBlock()
        while block.places.isEmpty, !isAtEnd {
            do throws(InputError) {
                let remaining = remainingPatience
                switch try source.next(waiting: remaining ?? heartbeat) {
                case .bytes(let bytes):
                    let held = joiner?.pendingLine
                    cutter.cut(bytes) { add($0, to: &block) }
                    if joiner?.pendingLine != held { pendingSince = .now }
                case .nothingYet where remaining == nil: return block
                case .nothingYet: flush(to: &block)
                case .end: end(&block)
                }
            } catch {
                failure = error
                end(&block)
            }
        }
        guard block.places.isEmpty else { return block }
        if let failure { throw failure }
        return nil
    }

    /// How long to wait for more lines of the record that is kept back; nil where none is.
    private var remainingPatience: Duration? {
        guard joiner?.pendingLine != nil else { return nil }
        return max(.zero, patience - (ContinuousClock.now - pendingSince))
    }

    private func add(_ line: UnsafeBufferPointer<UInt8>, to block: inout RecordBlock) {
        lineCount += 1
        guard joiner != nil else {
            block.records.append(line)
            block.places.append(RecordPlace(line: lineCount).after(skippedLines))
            return
        }
        let record = joiner?.add(line)
        if let record { append(record, to: &block) }
    }

    private func flush(to block: inout RecordBlock) {
        if let record = joiner?.flush() { append(record, to: &block) }
    }

    private func end(_ block: inout RecordBlock) {
        isAtEnd = true
        cutter.finish { add($0, to: &block) }
        flush(to: &block)
    }

    private func append(_ record: LogRecordText, to block: inout RecordBlock) {
        block.records.append(record.bytes)
        block.places.append(record.place.after(skippedLines))
    }
}
