import AnalysisReport
import JSONText
import Pipeline
import Testing
import TocsinCore

@testable import tocsin

@Suite struct ChangeWriterTests {
    /// Counts of lines, each its own template; those that begin with `disk` are of hardware.
    func counts(_ lines: [String: Int]) -> TemplateCounts {
        var counts = TemplateCounts()
        for (text, count) in lines.sorted(by: { $0.key < $1.key }) {
            let anomalyClass = text.hasPrefix("disk") ? AnomalyClass.hardwareIssue : .normal
            var probabilities = [Float](repeating: 0, count: AnomalyClass.count)
            probabilities[anomalyClass.rawValue] = 1
            let line = LineAnalysis(
                parsed: ParsedLine(
                    logType: "Linux", formatConfidence: 1, content: text,
                    template: MinedTemplate(id: text, text: text, typedText: text, parameters: []),
                    modelTemplate: "", modelText: "", features: []),
                prediction: Prediction(probabilities: probabilities))
            for _ in 0..<count { counts.add(.success(line), raw: Array("raw \(text)".utf8)) }
        }
        return counts
    }

    func text(_ format: ChangeWriter.Format, limit: Int? = nil) -> String {
        let before = counts(["calm": 90, "gone, \"once\"": 10])
        let after = counts(["calm": 60, "disk \u{1B}[2J full": 40])
        var writer = ChangeWriter(format, isColored: false, width: 100)
        let comparison = ChangeWriter.Comparison(
            model: OutputTests.model, before: before, after: after, changes: TemplateChange.between(before, and: after))
        return String(decoding: writer.text(of: comparison, limit: limit), as: UTF8.self)
    }

    @Test("a table begins with what is least likely to be chance, and cannot be made to move the cursor")
    func table() {
        let rows = text(.table).split(separator: "\n")
        #expect(rows[0].hasPrefix("CHANGE"))
        #expect(rows[1].hasPrefix("new     hardware_issue             0         40"))
        #expect(rows[1].hasSuffix("disk ·[2J full"))
        #expect(rows.last == "1 new, 1 gone, 0 grown, 1 shrunk; 100 lines before, 100 after")
    }

    @Test("JSON has what POST /v1/compare answers")
    func json() throws {
        let document = try JSONValue(parsing: Array(text(.json, limit: 1).utf8))
        #expect(document["before"]?["lines"] == .number(100))
        #expect(document["total_changes"] == .number(3))
        guard case .array(let changes)? = document["changes"] else {
            Issue.record("no changes")
            return
        }
        #expect(changes.count == 1)
        #expect(changes[0]["change"] == .string(Array("new".utf8)))
        #expect(changes[0]["class_name"] == .string(Array("hardware_issue".utf8)))
    }

    @Test("CSV quotes, and NDJSON has a line for each change")
    func rows() {
        #expect(text(.csv).contains("\"gone, \"\"once\"\"\""))
        #expect(text(.ndjson).split(separator: "\n").count == 3)
    }
}
