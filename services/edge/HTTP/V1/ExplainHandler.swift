internal import AnalysisReport
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import Pipeline
internal import TocsinCore

/// `POST /v1/logs:explain`: why a few lines have their verdicts.
struct ExplainHandler: Sendable {
    let analyzer: LogAnalyzer
    let limits: HTTPLimits
    let metrics: EdgeMetrics
    let redactor: Redactor

    func respond(to request: Request) async throws -> Response {
        let asked = try await AskedAnalysis(request, limits: limits)
        var records = LineBlock()
        while let block = try await asked.records.next() {
            for record in block { records.append(record) }
            guard records.count <= LogAnalyzer.maxExplainedLines else {
                throw Problem(
                    .tooManyLines,
                    "the body has more than \(LogAnalyzer.maxExplainedLines) log lines, which is the most that are "
                        + "explained at once; send fewer", pointer: asked.pointer)
            }
        }
        guard !records.isEmpty else {
            throw Problem(.emptyLogs, "the body has no log line, expected at least one", pointer: asked.pointer)
        }
        let explained = try asked.explainedClass()
        let lines = records
        let explanation = try await asked.pointers.locating {
            try await analyzer.explain(lines, asked.request, of: explained)
        }
        metrics.worked(explanation.work)

        // The explained records, and what could not be read between them.
        var shown = explanation
        shown.lines = []
        var block = LineBlock()
        var places: [RecordPlace] = []
        var verdicts = zip(records, explanation.lines).makeIterator()
        for entry in asked.records.read.take(records: records.count) {
            switch entry {
            case .record(let place):
                guard let (raw, line) = verdicts.next() else { continue }
                block.append(raw)
                places.append(place)
                shown.lines.append(line.map { redactor.explanation($0, of: raw) })
            case .unreadable(let place, let raw, let failure):
                block.append(raw)
                places.append(place)
                shown.lines.append(.failure(failure))
            }
        }
        var json = JSONWriter()
        json.object { json in
            shown.writeMembers(to: &json, records: block, places: places) { place, raw, result in
                redactor.row(place: place, raw: raw, result: result)
            }
            json.key("timings")
            explanation.work.write(to: &json)
        }
        var response = Response(json: json)
        response.headers[.cacheControl] = "no-store"
        response.headers[.serverTiming] = explanation.work.serverTiming
        return response
    }
}
