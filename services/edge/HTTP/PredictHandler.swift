internal import AnalysisReport
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import NIOCore
internal import Pipeline
internal import TocsinCore

/// `POST /api/predict`: the verdicts on a batch of lines, in the documented shape.
struct PredictHandler: Sendable {
    let analyzer: LogAnalyzer
    let limits: HTTPLimits
    let metrics: EdgeMetrics
    let now: @Sendable () -> Date

    func respond(to request: Request) async throws -> Response {
        let asked = try PredictRequest(body: try await body(of: request), maxLines: limits.maxLines)
        let analysis = try await analyzer.analyze(asked.lines, AnalysisRequest(model: asked.model))
        metrics.analysed(analysis)
        var response = Response(json: answer(to: asked, analysis))
        response.headers[.serverTiming] = analysis.work.serverTiming
        return response
    }

    private func body(of request: Request) async throws -> [UInt8] {
        do {
            return [UInt8](buffer: try await request.body.collect(upTo: limits.maxBodyBytes))
        } catch is NIOTooManyBytesError {
            throw Problem(
                .bodyTooLarge, "the body is larger than \(limits.maxBodyBytes) bytes; send fewer lines at a time")
        }
    }

    private func answer(to asked: PredictRequest, _ analysis: Analysis) -> JSONWriter {
        var style = ReportRow.Style()
        style.includesTemplate = asked.includesTemplates
        style.includesProbabilities = asked.includesProbabilities
        var json = JSONWriter()
        json.object { json in
            json.member("status", "success")
            json.member("timestamp", DocumentedTime(date: now()).exact)
            json.member("total_logs", analysis.lines.count)
            json.key("model_used")
            analysis.model.write(to: &json)
            json.array("logs") { json in
                for (index, result) in analysis.lines.enumerated() {
                    ReportRow(line: index + 1, raw: asked.lines[index], result: result).write(to: &json, style: style)
                }
            }
            json.key("summary")
            analysis.summary.write(to: &json)
        }
        return json
    }
}

/// How much one HTTP request may bring and how long it may take.
struct HTTPLimits: Sendable, Hashable {
    var maxBodyBytes = 64 << 20
    var maxLines = 10_000
    var timeout = Duration.seconds(60)
}

extension AnalysisWork {
    /// The stages as the `Server-Timing` header writes them, in milliseconds.
    var serverTiming: String {
        [("parse", parsing), ("embed", embedding), ("classify", classifying), ("total", total)]
            .map { "\($0.0);dur=\(($0.1 / .milliseconds(1) * 1000).rounded() / 1000)" }
            .joined(separator: ", ")
    }
}

extension HTTPField.Name {
    fileprivate static let serverTiming = HTTPField.Name("server-timing") ?? .server
}
