internal import AnalysisReport
internal import Hummingbird
internal import JSONText
internal import Pipeline
internal import TocsinCore

/// `GET /v1/templates`: the parser's templates, those with most messages first, and what class their lines were given.
struct TemplateListHandler: Sendable {
    let tiers: Tiers
    let classes: TemplateClasses
    let redactor: Redactor

    func respond(to request: Request) async throws -> Response {
        let query = QueryReader(request)
        let page = try await tiers.parsing.templates(
            TemplateQuery(
                contains: query.text("contains"), pinnedOnly: try query.flag("pinned"),
                minCount: UInt64(try query.integer("min_count", in: 0...Int.max, default: 0)),
                offset: try query.integer("offset", in: 0...Int(UInt32.max), default: 0),
                limit: try query.integer("limit", in: 1...TemplateQuery.maxLimit, default: 100)))
        var json = JSONWriter()
        json.object { json in
            json.member("total", page.total)
            json.key("total_count")
            json.integer(page.totalCount)
            json.array("templates") { json in
                for template in page.templates { json.object { write(template, to: &$0) } }
            }
        }
        return Response(json: json)
    }

    private func write(_ template: TemplateSummary, to json: inout JSONWriter) {
        redactor.template(template).writeMembers(to: &json)
        guard let counts = classes.counts(of: template) else {
            json.member("class_name", String?.none)
            json.member("class_distribution", String?.none)
            return
        }
        // The first of equals, as everywhere.
        let most = AnomalyClass.allCases.max { counts[$0.rawValue] < counts[$1.rawValue] }
        json.member("class_name", most?.name)
        json.object("class_distribution") { json in
            for anomalyClass in AnomalyClass.allCases where counts[anomalyClass.rawValue] > 0 {
                json.member(anomalyClass.name, counts[anomalyClass.rawValue])
            }
        }
    }
}
