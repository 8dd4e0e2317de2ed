internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Pipeline
internal import ServiceKit
internal import TocsinCore

/// `POST /v1/logs:analyze`: the verdict on each record, as soon as it is known, in memory that does not grow with
/// the body.
///
/// The first record is judged before the answer begins, so that what is wrong from the start has its own status: no
/// more, as each may need a pass of the encoder.
struct AnalyzeLogsHandler: Sendable {
    let analyzer: LogAnalyzer
    let limits: HTTPLimits
    let metrics: EdgeMetrics
    let redactor: Redactor
    let logger: Logger

    func respond(to request: Request) async throws -> Response {
        let format = try AnswerFormat(accept: request.headers[.accept])
        let asked = try await AskedAnalysis(request, limits: limits)
        guard let block = try await asked.records.next() else {
            throw Problem(.emptyLogs, "the body has no log line, expected at least one", pointer: asked.pointer)
        }
        let head = block.block(of: 0..<1)
        let rest = block.block(of: 1..<block.count)
        let first = try await asked.pointers.locating { try await analyzer.analyze(head, asked.request) }
        metrics.analysed(first)

        let call = CallContext.current
        let body = ResponseBody { [self] writer in
            var rows = RowWriter(format: format, redactor: redactor)
            var unreadable = AnalysisSummary()
            /// The rows of analysed records, and of what could not be read between them.
            func write(_ results: [ItemResult<LineAnalysis>], of lines: LineBlock) async throws {
                let read = asked.records.read.take(records: lines.count)
                for case .unreadable(_, _, let failure) in read { unreadable.add(.failure(failure)) }
                let bytes = rows.rows(results, of: lines, read: read)
                if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
            }
            try await write(first.lines, of: head)
            do {
                let remaining = RemainingBlocks(rest, asked.records)
                let outcome = try await CallContext.$current.withValue(call) {
                    try await analyzer.analyze(asked.request, reading: { try await remaining.next() }) { chunk in
                        metrics.templateClasses.add(chunk.results)
                        try await write(chunk.results, of: chunk.lines)
                    }
                }
                metrics.analysed(outcome)
                try await write([], of: LineBlock())
                var analysis = first.followed(by: outcome)
                analysis.summary.add(unreadable)
                try await writer.write(ByteBuffer(bytes: rows.end(analysis)))
            } catch let error where !(error is CancellationError) {
                let problem = Problem(error)
                logger.notice("a stream broke off", metadata: ["code": "\(problem.code.rawValue)"])
                try await writer.write(ByteBuffer(bytes: rows.end(problem)))
                // What is left of the body is nobody's: the connection ends with the answer.
                if problem.code.endsConnection {
                    try await writer.finish(nil)
                    throw problem
                }
            }
            try await writer.finish(nil)
        }
        var response = Response(status: .ok, headers: [.contentType: format.rawValue], body: body)
        response.headers[.cacheControl] = "no-store"
        response.headers[.serverTiming] = first.work.serverTiming
        return response
    }
}

/// What was not judged at once, then what comes after it; read by one task at a time.
private actor RemainingBlocks {
    private var rest: LineBlock?
    private let records: RecordSource

    init(_ rest: LineBlock, _ records: RecordSource) {
        self.rest = rest
        self.records = records
    }

    func next() async throws -> LineBlock? {
        if let rest, !rest.isEmpty {
            self.rest = nil
            return rest
        }
        return try await records.next()
    }
}

extension Analysis {
    /// Both, the lines' verdicts left out.
    fileprivate func followed(by other: Analysis) -> Analysis {
        var both = self
        both.add(other)
        both.lines = []
        return both
    }
}
