internal import AnalysisReport
internal import Hummingbird
internal import JSONText
internal import LineFeatures
internal import Pipeline
internal import TocsinCore

/// `POST /api/extract-templates`: the template of each line and its four features.
struct TemplatesHandler: Sendable {
    let analyzer: LogAnalyzer
    let bodies: BodyReader
    let limits: HTTPLimits
    let redactor: Redactor

    private static let features: [(name: String, feature: LineFeature)] = [
        ("length", .templateLength), ("num_count", .templateNumberCount), ("special_count", .templateSpecialCount),
        ("token_count", .templateTokenCount),
    ]

    func respond(to request: Request) async throws -> Response {
        let body = try DocumentedBody(try await bodies.read(request))
        let lines = try body.lines(maxLines: limits.maxLines)
        let parsed = try await analyzer.parse(lines)
        var json = JSONWriter()
        json.object { json in
            json.member("status", "success")
            json.member("total_logs", lines.count)
            json.array("templates") { json in
                for (index, result) in parsed.enumerated() {
                    json.object { json in
                        json.member("log_index", index)
                        json.member("original", redactor.answer(String(decoding: lines[index], as: UTF8.self)))
                        write(result, to: &json)
                    }
                }
            }
        }
        return Response(json: json)
    }

    private func write(_ result: ItemResult<ParsedLine>, to json: inout JSONWriter) {
        switch result {
        case .success(let line):
            json.member("template", redactor.template(line.template.text))
            json.object("features") { json in
                for (name, feature) in Self.features where line.features.indices.contains(feature.rawValue) {
                    json.member(name, Int(line.features[feature.rawValue]))
                }
            }
        case .failure(let failure):
            json.member("template", String?.none)
            json.member("features", String?.none)
            failure.write(to: &json)
        }
    }
}
