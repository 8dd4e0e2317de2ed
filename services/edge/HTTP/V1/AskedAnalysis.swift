internal import Hummingbird
internal import LogParsing
internal import Pipeline
internal import Synchronization
internal import TocsinCore

/// What a request to `/v1/logs:analyze` asks: how, and of which records.
struct AskedAnalysis: Sendable {
    let request: AnalysisRequest
    /// Where in a JSON body the records stand.
    let pointer: String?
    private let records: any Records

    init(_ request: Request, limits: HTTPLimits) async throws {
        let query = request.uri.queryParameters
        let joins = try Self.joins(query["multiline"].map(String.init))
        var asked = AnalysisRequest(
            model: query["model"].map(String.init), forcedLogType: query["log_type"].map(String.init))
        let format = try BodyFormat(contentType: request.headers[.contentType])
        switch format {
        case .json:
            let body = try DocumentedBody(try await BodyReader(limits: limits).read(request))
            asked.model = try body.text("model") ?? asked.model
            asked.forcedLogType = try body.text("log_type") ?? asked.forcedLogType
            records = WholeRecords(try body.lines(maxLines: limits.maxLines), joins: joins)
            pointer = "/logs"
        case .lines, .text:
            records = RecordSource(
                try BodyChunks(request), format: format, joins: joins, maxLineBytes: limits.maxLineBytes)
            pointer = nil
        }
        self.request = asked
    }

    func next() async throws -> LineBlock? { try await records.next() }

    func takePlaces(_ count: Int) -> [RecordPlace]? { records.takePlaces(count) }

    private static func joins(_ value: String?) throws(Problem) -> Bool {
        switch value {
        case nil, "off": false
        case "auto": true
        default: throw Problem(.badRequest, "the query's 'multiline' is not known, expected auto or off")
        }
    }
}

/// Where records come from.
protocol Records: Sendable {
    /// The next records, at least one; nil at the end.
    func next() async throws -> LineBlock?
    /// Where the next `count` records stand; nil where records are lines.
    func takePlaces(_ count: Int) -> [RecordPlace]?
}

extension RecordSource: Records {}

/// The records of a body that was read as a whole.
private final class WholeRecords: Records {
    private let state: Mutex<(block: LineBlock?, places: [RecordPlace])>
    private let joins: Bool

    init(_ lines: LineBlock, joins: Bool) {
        self.joins = joins
        guard joins else {
            state = Mutex((lines, []))
            return
        }
        var joiner = RecordJoiner()
        var records = LineBlock()
        var places: [RecordPlace] = []
        func append(_ record: LogRecordText?) {
            guard let record else { return }
            records.append(record.bytes)
            places.append(record.place)
        }
        for line in lines { append(joiner.add(line)) }
        append(joiner.flush())
        state = Mutex((records, places))
    }

    func next() async throws -> LineBlock? {
        state.withLock { state in
            defer { state.block = nil }
            return state.block
        }
    }

    func takePlaces(_ count: Int) -> [RecordPlace]? {
        guard joins else { return nil }
        return state.withLock { state in
            defer { state.places.removeFirst(min(count, state.places.count)) }
            return Array(state.places.prefix(count))
        }
    }
}
