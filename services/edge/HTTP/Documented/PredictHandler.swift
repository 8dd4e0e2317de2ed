internal import AnalysisReport
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import Pipeline
internal import TocsinCore

/// The documented paths that judge lines: `POST /api/predict`, `/api/predict-batch` and `/api/analyze`.
struct PredictHandler: Sendable {
    let tiers: Tiers
    let analyzer: LogAnalyzer
    let bodies: BodyReader
    let limits: HTTPLimits
    let metrics: EdgeMetrics
    let redactor: Redactor
    let now: @Sendable () -> Date

    /// `POST /api/predict`. Beside what is documented, `include_details` adds what else is known of a line, its time for one.
    func predict(_ request: Request) async throws -> Response {
        let body = try DocumentedBody(try await bodies.read(request))
        let lines = try body.lines(maxLines: limits.maxLines)
        var style = ReportRow.Style()
        style.includesTemplate = try body.flag("include_templates", default: false)
        style.includesProbabilities = try body.flag("include_probabilities", default: true)
        style.includesDetails = try body.flag("include_details", default: false)
        let analysis = try await analyze(lines, body)
        return answer(to: analysis) { json in
            json.array("logs") { json in
                for (index, result) in analysis.lines.enumerated() {
                    redactor.row(place: RecordPlace(line: index + 1), raw: lines[index], result: result)
                        .write(to: &json, style: style)
                }
            }
            json.key("summary")
            analysis.summary.write(to: &json)
        }
    }

    /// `POST /api/predict-batch`.
    func predictBatch(_ request: Request) async throws -> Response {
        let body = try DocumentedBody(try await bodies.read(request))
        let lines = try body.lines(maxLines: limits.maxLines)
        let top = try body.integer("return_top_k", in: 1...AnomalyClass.count, default: 3)
        let analysis = try await analyze(lines, body)
        return answer(to: analysis) { json in
            json.array("results") { json in
                for (index, result) in analysis.lines.enumerated() {
                    json.object { json in
                        json.member("log_index", index)
                        json.member("log_text", shortened(lines[index]))
                        write(result, top: top, to: &json)
                    }
                }
            }
        }
    }

    /// `POST /api/analyze`.
    func analyze(_ request: Request) async throws -> Response {
        let body = try DocumentedBody(try await bodies.read(request))
        let lines = try body.lines(maxLines: limits.maxLines)
        let compares = try body.flag("compare_models", default: false)
        let analysis = try await analyze(lines, body)
        var others: [Analysis] = []
        if compares {
            for model in try await tiers.classifying.info().models {
                others.append(
                    model.name == analysis.model.name ? analysis : try await analyze(lines, model: model.name))
            }
        }
        return answer(to: analysis) { json in
            json.key("analysis")
            AnalysisStatistics(analysis).write(to: &json)
            guard compares else { return }
            json.member("models_compared", others.count)
            json.array("comparison") { json in
                for other in others { AnalysisStatistics(other).writeComparison(to: &json) }
            }
        }
    }

    private func analyze(_ lines: LineBlock, _ body: DocumentedBody) async throws -> Analysis {
        let model = try body.model()
        return try await body.pointers.locating { try await analyze(lines, model: model) }
    }

    private func analyze(_ lines: LineBlock, model: String?) async throws -> Analysis {
        let analysis = try await analyzer.analyze(lines, AnalysisRequest(model: model))
        metrics.analysed(analysis)
        return analysis
    }

    /// The members that these answers begin with, then their own.
    private func answer(to analysis: Analysis, _ members: (inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("status", "success")
            json.member("timestamp", DocumentedTime(date: now()).exact)
            json.member("total_logs", analysis.lines.count)
            json.key("model_used")
            analysis.model.write(to: &json)
            members(&json)
        }
        var response = Response(json: json)
        response.headers[.serverTiming] = analysis.work.serverTiming
        return response
    }

    private func write(_ result: ItemResult<LineAnalysis>, top: Int, to json: inout JSONWriter) {
        switch result {
        case .success(let line):
            let prediction = line.prediction
            json.object("prediction") { json in
                json.member("class_index", prediction.anomalyClass.rawValue)
                json.member("class_name", prediction.anomalyClass.name)
                json.member("confidence", prediction.confidence)
            }
            json.array("top_k_predictions") { json in
                let ranked = AnomalyClass.allCases.sorted {
                    let (left, right) = (prediction.probabilities[$0.rawValue], prediction.probabilities[$1.rawValue])
                    return left == right ? $0.rawValue < $1.rawValue : left > right
                }
                for anomalyClass in ranked.prefix(top) {
                    json.object { json in
                        json.member("class_index", anomalyClass.rawValue)
                        json.member("class_name", anomalyClass.name)
                        json.member("probability", prediction.probabilities[anomalyClass.rawValue])
                    }
                }
            }
            json.member("is_anomaly", prediction.anomalyClass != .normal)
        case .failure(let failure):
            json.member("prediction", String?.none)
            json.array("top_k_predictions") { _ in }
            json.member("is_anomaly", String?.none)
            failure.write(to: &json)
        }
    }

    /// The first 200 characters of a line.
    private func shortened(_ line: ArraySlice<UInt8>) -> String {
        let text = redactor.answer(String(decoding: line, as: UTF8.self))
        let start = text.prefix(200)
        return start.endIndex == text.endIndex ? text : start + "..."
    }
}

extension AnalysisWork {
    /// The stages as the `Server-Timing` header writes them, in milliseconds.
    var serverTiming: String {
        stages.map { "\($0.name);dur=\($0.milliseconds)" }.joined(separator: ", ")
    }

    /// The stages and the whole, in milliseconds with three decimals.
    var stages: [(name: String, milliseconds: Double)] {
        [("parse", parsing), ("embed", embedding), ("classify", classifying), ("total", total)]
            .map { ($0.0, ($0.1 / .milliseconds(1) * 1000).rounded() / 1000) }
    }
}

extension HTTPField.Name {
    static let serverTiming = HTTPField.Name("server-timing") ?? .server
}
