internal import AnalysisReport
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import Pipeline
internal import TocsinCore

/// `POST /v1/compare`: which templates are new, gone, grown or shrunk between two sets of lines, as many as fit in a body:
/// of each, what is kept is its template.
struct CompareHandler: Sendable {
    let analyzer: LogAnalyzer
    let bodies: BodyReader
    let metrics: EdgeMetrics
    let redactor: Redactor

    func respond(to request: Request) async throws -> Response {
        let body = try DocumentedBody(try await bodies.read(request))
        let before = try body.lines("before")
        let after = try body.lines("after")
        let limit = try body.integer("limit", in: 1...10_000, default: 100)
        let asked = AnalysisRequest(model: try body.text("model"), forcedLogType: try body.text("log_type"))
        let (first, second) = try await body.pointers.locating {
            async let firstSide = analyze(before, asked)
            async let secondSide = analyze(after, asked)
            return try await (firstSide, secondSide)
        }
        let changes = TemplateChange.between(first.counts, and: second.counts)
        var work = first.analysis.work
        work.add(second.analysis.work)
        var json = JSONWriter()
        json.object { json in
            json.key("model")
            second.analysis.model.writeIdentity(to: &json)
            write("before", first, to: &json)
            write("after", second, to: &json)
            json.member("total_changes", changes.count)
            json.array("changes") { json in
                for change in changes.prefix(limit) { change.write(to: &json, showing: redactor.template) }
            }
            json.key("timings")
            work.write(to: &json)
        }
        var response = Response(json: json)
        response.headers[.serverTiming] = work.serverTiming
        return response
    }

    private typealias Side = (analysis: Analysis, counts: TemplateCounts)

    private func analyze(_ lines: LineBlock, _ asked: AnalysisRequest) async throws -> Side {
        var counts = TemplateCounts()
        let analysis = try await analyzer.analyze(lines, asked) { chunk in
            metrics.templateClasses.add(chunk.results)
            for (line, result) in zip(chunk.lines, chunk.results) { counts.add(result, raw: line) }
        }
        metrics.analysed(analysis)
        return (analysis, counts)
    }

    private func write(_ name: String, _ side: Side, to json: inout JSONWriter) {
        json.object(name) { json in
            json.member("lines", side.counts.total)
            json.member("failed", side.counts.failures)
        }
    }
}
