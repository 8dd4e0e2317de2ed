internal import Hummingbird
internal import JSONText
internal import LogParsing
internal import Synchronization
internal import TocsinCore

/// The records of a request's body, as they come: lines, or lines that were joined.
// Its reader's state is touched by `next` alone, which `LogAnalyzer` and the handler call one after the other, never at
// the same time; what both sides share is behind the mutex.
final class RecordSource: @unchecked Sendable {
    private var chunks: BodyChunks.Iterator
    private var splitter: LineSplitter
    private var joiner: RecordJoiner?
    private let format: BodyFormat
    private var lineNumber = 0
    private var isAtEnd = false
    /// Of each joined record that was read and not yet answered.
    private let places = Mutex<[RecordPlace]>([])

    /// - Parameter format: `.lines` or `.text`.
    init(_ body: BodyChunks, format: BodyFormat, joins: Bool, maxLineBytes: Int) {
        chunks = body.makeAsyncIterator()
        splitter = LineSplitter(maxBytes: maxLineBytes)
        joiner = joins ? RecordJoiner() : nil
        self.format = format
    }

    /// The next records, at least one; nil at the end.
    func next() async throws -> LineBlock? {
        while !isAtEnd {
            var lines: LineBlock
            if let chunk = try await chunks.next() {
                lines = splitter.add(chunk)
            } else {
                lines = splitter.finish()
                isAtEnd = true
            }
            let records = try records(of: lines)
            if !records.isEmpty { return records }
        }
        return nil
    }

    /// Where the next `count` records stand; nil where records are lines.
    func takePlaces(_ count: Int) -> [RecordPlace]? {
        guard joiner != nil else { return nil }
        return places.withLock { places in
            defer { places.removeFirst(min(count, places.count)) }
            return Array(places.prefix(count))
        }
    }

    private func records(of lines: LineBlock) throws(Problem) -> LineBlock {
        let logs = format == .lines ? try decoded(lines) : lines
        guard joiner != nil else { return logs }
        var records = LineBlock()
        for log in logs { append(joiner?.add(log), to: &records) }
        if isAtEnd { append(joiner?.flush(), to: &records) }
        return records
    }

    private func append(_ record: LogRecordText?, to records: inout LineBlock) {
        guard let record else { return }
        records.append(record.bytes)
        places.withLock { $0.append(record.place) }
    }

    /// The logs in lines of JSON; empty lines are none.
    private func decoded(_ lines: LineBlock) throws(Problem) -> LineBlock {
        var logs = LineBlock()
        for line in lines {
            lineNumber += 1
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            let json: JSONValue
            do { json = try JSONValue(parsing: Array(line)) } catch {
                throw Problem(.invalidJSON, "line \(lineNumber) of the body is not JSON: \(error.problem)")
            }
            switch json["log"] ?? json {
            case .string(let log): logs.append(log)
            case let other:
                throw Problem(
                    .wrongType,
                    "line \(lineNumber) of the body holds \(other.kind), expected a string or an object with \"log\"")
            }
        }
        return logs
    }
}
