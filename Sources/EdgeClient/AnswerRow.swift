internal import AnalysisReport
internal import JSONText
internal import Pipeline
internal import TocsinCore

/// A row of the edge's answer, read back to what it was written from.
enum AnswerRow {
    /// The verdict on one record, or why it has none; nil where the row is no such thing.
    static func result(_ row: JSONValue) -> ItemResult<LineAnalysis>? {
        if let error = row["error"] {
            let code = ItemFailure.Code.allCases.first { $0.name == error.text("code") } ?? .internalFailure
            return .failure(ItemFailure(code, error.text("detail") ?? "the edge does not say why"))
        }
        guard let logType = row.text("log_type"), let content = row.text("parsed_content"),
            let id = row.text("template_id"), let prediction = row["prediction"]
        else { return nil }
        let probabilities = prediction.elements("probabilities").compactMap { value -> Float? in
            guard case .number(let number) = value else { return nil }
            return Float(number)
        }
        guard probabilities.count == AnomalyClass.count else { return nil }
        // What models read stays with the edge, as does what no row shows.
        let parsed = ParsedLine(
            logType: logType, formatConfidence: 0, timestamp: row.text("timestamp"), level: row.text("level"),
            content: content,
            template: MinedTemplate(id: id, text: row.text("template") ?? "", typedText: "", parameters: []),
            modelTemplate: "", modelText: "", features: [],
            warnings: row.elements("warnings").compactMap { warning in
                guard case .string(let bytes) = warning else { return nil }
                return String(decoding: bytes, as: UTF8.self)
            }, isTruncated: row.isTrue("truncated"))
        return .success(
            LineAnalysis(
                parsed: parsed,
                prediction: Prediction(probabilities: probabilities, isAbstained: row.isTrue("abstained"))))
    }

    /// What the answer's last row says that the analysis cost.
    static func work(_ end: JSONValue) -> AnalysisWork {
        let timings = end["timings"] ?? .null
        func duration(_ name: String) -> Duration { .milliseconds(timings.number("\(name)_ms") ?? 0) }
        var work = AnalysisWork()
        work.parsing = duration("parse")
        work.embedding = duration("embed")
        work.classifying = duration("classify")
        work.total = duration("total")
        work.embeddedTexts = Int(timings.number("embedded_texts") ?? 0)
        work.classifiedRows = Int(timings.number("classified_rows") ?? 0)
        return work
    }
}
