internal import Hummingbird
internal import JSONText
internal import LogParsing
internal import TocsinCore

/// The records of a request's body, as they come: lines, or lines that were joined.
// Its reader's state is touched by `next` alone, which `LogAnalyzer` and the handler call one after the other, never at
// the same time; what both sides share, `read`, is behind its own mutex.
final class RecordSource: @unchecked Sendable {
    /// What was read and not yet answered.
    let read = ReadRecords()
    private var input: Input
    private var joiner: RecordJoiner?
    /// Of a line that comes from the caller piece by piece.
    private let limits: HTTPLimits
    /// How long was waited for the line that has begun to come.
    private var waited = Duration.zero
    private var isAtEnd = false
    /// Of the body, empty lines included.
    private var lineNumber = 0
    /// The lines that were given: those that could not be read count as well.
    private var count = 0
    private var unreadable = 0
    private var unreadableInARow = 0
    private var hasRecords = false
    private var firstProblem: Problem?

    private enum Input {
        case lines(LineBlock)
        case chunks(BodyChunks.Iterator, LineSplitter, BodyFormat)
    }

    /// So many lines without one that can be read are taken for a body of another kind: they are kept until they are
    /// answered, which is when the next record is.
    static let maxUnreadableInARow = 1000
    /// Of each as much is kept.
    private static let maxShownBytes = 4096

    /// The lines of a body that was read as a whole.
    init(_ lines: LineBlock, joins: Bool, limits: HTTPLimits) {
        input = .lines(lines)
        joiner = joins ? RecordJoiner() : nil
        self.limits = limits
    }

    /// - Parameter format: `.lines` or `.text`.
    init(_ body: BodyChunks, format: BodyFormat, joins: Bool, limits: HTTPLimits) {
        input = .chunks(body.makeAsyncIterator(), LineSplitter(maxBytes: limits.maxLineBytes), format)
        joiner = joins ? RecordJoiner() : nil
        self.limits = limits
    }

    /// The next records, at least one; nil at the end.
    ///
    /// - Throws: `Problem` for a body none of whose lines can be read, or one of whose lines does not end in time.
    func next() async throws -> LineBlock? {
        while !isAtEnd {
            let records = try await nextLines()
            if !records.isEmpty {
                hasRecords = true
                return records
            }
        }
        if let firstProblem, !hasRecords { throw firstProblem }
        return nil
    }

    private func nextLines() async throws -> LineBlock {
        switch input {
        case .lines(let lines):
            isAtEnd = true
            return try records(of: lines) { line, _ in line }
        case .chunks(var chunks, var splitter, let format):
            let start = ContinuousClock.now
            let chunk = try await chunks.next()
            let wait = ContinuousClock.now - start
            let lines = chunk.map { splitter.add($0) } ?? splitter.finish()
            isAtEnd = chunk == nil
            // A live log may bring its next line late; the rest of a line comes at once, or somebody holds us up.
            waited = splitter.hasPartial && lines.isEmpty ? waited + wait : .zero
            guard waited <= limits.bodyTimeout else {
                throw Problem(
                    .bodyTooSlow, "a line that had begun did not end within \(limits.bodyTimeout); send whole lines")
            }
            input = .chunks(chunks, splitter, format)
            return try records(of: lines) { [limits] line, number throws(Problem) in
                guard line.count <= limits.maxLineBytes else {
                    throw Problem(
                        .outOfRange,
                        "line \(number) of the body has more than \(limits.maxLineBytes) bytes, which is the most that a "
                            + "line may have; only its start is shown")
                }
                return format == .lines ? try Self.log(in: line, number: number) : line
            }
        }
    }

    /// The records in lines, of each of which `read` makes its log, or nil where it is none.
    private func records(
        of lines: LineBlock, _ read: (ArraySlice<UInt8>, _ number: Int) throws(Problem) -> ArraySlice<UInt8>?
    ) throws(Problem) -> LineBlock {
        var records = LineBlock()
        for line in lines {
            lineNumber += 1
            let log: ArraySlice<UInt8>
            do {
                guard let found = try read(line, lineNumber) else { continue }
                log = found
            } catch {
                append(joiner?.flush(), to: &records)  // what the joiner held stands before this line
                try appendUnreadable(line.prefix(min(Self.maxShownBytes, limits.maxLineBytes)), error)
                continue
            }
            unreadableInARow = 0
            if joiner == nil {
                appendLine()
                records.append(log)
            } else {
                append(joiner?.add(log), to: &records)
            }
        }
        if isAtEnd { append(joiner?.flush(), to: &records) }
        return records
    }

    /// The log in a line of JSON; nil in an empty line.
    private static func log(in line: ArraySlice<UInt8>, number: Int) throws(Problem) -> ArraySlice<UInt8>? {
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
        let json: JSONValue
        do { json = try JSONValue(parsing: Array(line)) } catch {
            throw Problem(.invalidJSON, "line \(number) of the body is not JSON: \(error.problem)")
        }
        guard case .string(let log) = json["log"] ?? json else {
            throw Problem(
                .wrongType,
                "line \(number) of the body holds \((json["log"] ?? json).kind), expected a string or an object with "
                    + "\"log\"")
        }
        return log[...]
    }

    private func appendLine() {
        count += 1
        read.append(.record(RecordPlace(line: count)))
    }

    private func append(_ record: LogRecordText?, to records: inout LineBlock) {
        guard let record else { return }
        // The joiner counts the lines that it was given.
        let place = record.place.after(unreadable)
        count = place.lines.upperBound
        records.append(record.bytes)
        read.append(.record(place))
    }

    private func appendUnreadable(_ line: ArraySlice<UInt8>, _ problem: Problem) throws(Problem) {
        firstProblem = firstProblem ?? problem
        count += 1
        unreadable += 1
        unreadableInARow += 1
        guard unreadableInARow <= Self.maxUnreadableInARow else { throw problem }
        read.append(
            .unreadable(
                RecordPlace(line: count), raw: Array(line), ItemFailure(.invalidArgument, problem.detail)))
    }
}
