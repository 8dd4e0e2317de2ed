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

    /// The lines of a body that was read as a whole.
    init(_ lines: LineBlock, joins: Bool) {
        input = .lines(lines)
        joiner = joins ? RecordJoiner() : nil
    }

    /// - Parameter format: `.lines` or `.text`.
    init(_ body: BodyChunks, format: BodyFormat, joins: Bool, maxLineBytes: Int) {
        input = .chunks(body.makeAsyncIterator(), LineSplitter(maxBytes: maxLineBytes), format)
        joiner = joins ? RecordJoiner() : nil
    }

    /// The next records, at least one; nil at the end.
    ///
    /// - Throws: `Problem` for a body none of whose lines can be read.
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
            return records(of: lines)
        case .chunks(var chunks, var splitter, let format):
            let lines: LineBlock
            if let chunk = try await chunks.next() {
                lines = splitter.add(chunk)
            } else {
                lines = splitter.finish()
                isAtEnd = true
            }
            input = .chunks(chunks, splitter, format)
            return format == .lines ? try decodedRecords(of: lines) : records(of: lines)
        }
    }

    private func records(of lines: LineBlock) -> LineBlock {
        if joiner == nil {
            for _ in lines { appendLine() }
            return lines
        }
        var records = LineBlock()
        for line in lines { append(joiner?.add(line), to: &records) }
        if isAtEnd { append(joiner?.flush(), to: &records) }
        return records
    }

    /// The records in lines of JSON; empty lines are none.
    private func decodedRecords(of lines: LineBlock) throws(Problem) -> LineBlock {
        var records = LineBlock()
        for line in lines {
            lineNumber += 1
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            let log: [UInt8]
            do { log = try Self.log(in: line, number: lineNumber) } catch {
                append(joiner?.flush(), to: &records)  // what the joiner held stands before this line
                try appendUnreadable(line, error)
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

    private static func log(in line: ArraySlice<UInt8>, number: Int) throws(Problem) -> [UInt8] {
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
        return log
    }

    private func appendLine() {
        count += 1
        read.append(.record(RecordPlace(line: count)))
    }

    private func append(_ record: LogRecordText?, to records: inout LineBlock) {
        guard let record else { return }
        // The joiner counts the lines that it was given.
        let lines = (record.place.lines.lowerBound + unreadable)...(record.place.lines.upperBound + unreadable)
        count = lines.upperBound
        records.append(record.bytes)
        read.append(.record(RecordPlace(lines: lines, part: record.place.part)))
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
