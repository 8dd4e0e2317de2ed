internal import Hummingbird
internal import Pipeline
internal import TocsinCore

/// What a request to `/v1/logs:analyze` or `/v1/logs:explain` asks: how, and of which records.
struct AskedAnalysis: Sendable {
    let request: AnalysisRequest
    /// Where in a JSON body the records stand.
    let pointer: String?
    /// Where in a JSON body its model and its log type stand.
    let pointers: AnalysisPointers
    let records: RecordSource
    /// The class that is to be explained, as the caller spells it; nil for each line's own.
    private let className: String?

    init(_ request: Request, limits: HTTPLimits) async throws {
        let query = request.uri.queryParameters
        let joins = try Self.joins(query["multiline"].map(String.init))
        var asked = AnalysisRequest(
            model: query["model"].map(String.init), forcedLogType: query["log_type"].map(String.init))
        var className = query["class"].map(String.init)
        let format = try BodyFormat(contentType: request.headers[.contentType])
        switch format {
        case .json:
            let body = try DocumentedBody(try await BodyReader(limits: limits).read(request))
            asked.model = try body.text("model") ?? asked.model
            asked.forcedLogType = try body.text("log_type") ?? asked.forcedLogType
            className = try body.text("class") ?? className
            records = RecordSource(try body.lines(maxLines: limits.maxLines), joins: joins, limits: limits)
            pointer = "/logs"
            pointers = body.pointers
        case .lines, .text:
            records = RecordSource(
                try BodyChunks(request, maxUnpackedBytes: limits.maxUnpackedBytes), format: format, joins: joins,
                limits: limits)
            pointer = nil
            pointers = AnalysisPointers()
        }
        self.request = asked
        self.className = className
    }

    /// The class that is to be explained; nil for each line's own.
    func explainedClass() throws(Problem) -> AnomalyClass? {
        guard let className else { return nil }
        guard let found = AnomalyClass(name: className) else {
            throw Problem(
                .unknownClass,
                "\"class\" is none of the classes, expected one of "
                    + AnomalyClass.allCases.map(\.name).joined(separator: ", "),
                pointer: pointer == nil ? nil : "/class")
        }
        return found
    }

    private static func joins(_ value: String?) throws(Problem) -> Bool {
        switch value {
        case nil, "off": false
        case "auto": true
        default: throw Problem(.badRequest, "the query's 'multiline' is not known, expected auto or off")
        }
    }
}
