import AnalysisReport
import Foundation
import JSONText
import Pipeline
import Testing
import TocsinCore

@testable import tocsin

@Suite struct OutputTests {
    static let model = ModelInfo(name: "ml", algorithm: "XGBoost", version: "1", sha256: "m", isActive: true)

    func line(_ content: String, _ anomalyClass: AnomalyClass) -> ItemResult<LineAnalysis> {
        var probabilities = [Float](repeating: 0, count: AnomalyClass.count)
        probabilities[anomalyClass.rawValue] = 1
        return .success(
            LineAnalysis(
                parsed: ParsedLine(
                    logType: "Linux", formatConfidence: 1, timestamp: "2026-01-02T03:04:05Z", level: "WARN",
                    content: content,
                    template: MinedTemplate(id: "0a", text: "<*> text", typedText: "<*> text", parameters: []),
                    modelTemplate: "", modelText: "", features: []),
                prediction: Prediction(probabilities: probabilities)))
    }

    /// What a format writes of these results, whose raw lines are their contents' numbers.
    func written(_ format: OutputFormat, _ results: [ItemResult<LineAnalysis>]) -> String {
        var output = StandardOutput()
        var writer = format.makeWriter(colored: false)
        writer.begin(model: Self.model, to: &output)
        var summary = AnalysisSummary()
        for (index, result) in results.enumerated() {
            summary.add(result)
            writer.write(ReportRow(line: index + 1, raw: Array("raw \(index)".utf8)[...], result: result), to: &output)
        }
        var work = AnalysisWork()
        work.lines = results.count
        writer.end(Analysis(lines: [], model: Self.model, summary: summary, work: work), to: &output)
        return String(decoding: output.buffer, as: UTF8.self)
    }

    @Test("CSV quotes what RFC 4180 says is to be quoted")
    func csv() {
        let text = written(
            .csv,
            [
                line("plain", .normal), line("a \"quoted\", one\r\n", .configError),
                .failure(ItemFailure(.internalFailure, "no verdict")),
            ])
        #expect(
            text == "line,class_index,class_name,confidence,abstained,log_type,timestamp,level,parsed_content,"
                + "template_id,template,raw,last_line,part,truncated,warnings,error\r\n"
                + "1,0,normal,1.0,false,Linux,2026-01-02T03:04:05Z,WARN,plain,0a,<*> text,raw 0,,,,,\r\n"
                + "2,5,config_error,1.0,false,Linux,2026-01-02T03:04:05Z,WARN,\"a \"\"quoted\"\", one\r\n\","
                + "0a,<*> text,raw 1,,,,,\r\n"
                + "3,,,,,,,,,,,raw 2,,,,,no verdict\r\n")
    }

    @Test(
        "rows say of which file they are, which lines they hold, and that they were cut",
        arguments: OutputFormat.allCases)
    func places(format: OutputFormat) throws {
        var output = StandardOutput()
        var writer = format.makeWriter(colored: false, namesFiles: true)
        writer.begin(model: Self.model, to: &output)
        for (index, file) in ["a.log", "a.log", "b.log"].enumerated() {
            let place = RecordPlace(lines: index * 9 + 1...index * 9 + 9, part: index + 1)
            writer.write(
                ReportRow(file: file, place: place, raw: [0x78], result: line("x", .normal)), to: &output)
        }
        let text = String(decoding: output.buffer, as: UTF8.self)
        switch format {
        case .table:
            let rows = text.split(separator: "\n").map { $0.split(separator: " ") }
            #expect(rows.map { $0[0] } == ["LINE", "==>", "1-9…", "…10-18", "==>", "…19-27"])
            #expect(rows[4] == ["==>", "b.log", "<=="])
        case .csv:
            let rows = text.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            #expect(rows.map { $0[0] } == ["file", "a.log", "a.log", "b.log"])
            #expect(
                rows[3][1] == "19" && rows[3][13...14] == ["27", "3"] && rows[0][13...14] == ["last_line", "part"])
        case .json, .ndjson:
            #expect(text.contains(#""file":"b.log","line":19"#) && text.contains(#""lines":[19,27],"part":3"#))
        case .html:
            #expect(text.contains("a.log</th></tr>\n<tr><td>1-9…</td>"))
            #expect(text.contains("b.log</th></tr>\n<tr><td>…19-27</td>"))
        }
    }

    @Test("JSON is one object, however many rows it has", arguments: [0, 1, 3])
    func json(count: Int) throws {
        let text = written(.json, Array(repeating: line("x", .hardwareIssue), count: count))
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(value["total_logs"] == .number(Double(count)))
        guard case .array(let rows)? = value["logs"] else {
            Issue.record("no rows")
            return
        }
        #expect(rows.count == count)
        #expect(rows.allSatisfy { $0["line"] != nil && $0["abstained"] == .bool(false) })
        #expect(value["model_used"]?["model_name"] == .string(Array("XGBoost".utf8)))
    }

    @Test("newline-delimited JSON has one object a line")
    func ndjson() throws {
        let rows = written(.ndjson, [line("a\nb", .normal), line("c", .normal)]).split(separator: "\n")
        #expect(rows.count == 2)
        #expect(try JSONValue(parsing: Array(rows[0].utf8))["parsed_content"] == .string(Array("a\nb".utf8)))
    }

    @Test("a table has a row a line and the summary, whatever the line holds")
    func table() {
        let rows = written(.table, [line("esc \u{1B}[31m red\nnew line", .systemFailure)])
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(rows[1].contains("system_failure"))
        #expect(rows[1].contains("esc ·[31m red·new line"))
        #expect(rows.contains { $0.hasPrefix("1 lines by XGBoost (ml)") })
        #expect(rows.contains { $0.hasPrefix("anomaly rate 100.0 %") })
    }

    @Test("a page has a row for each line and what they amount to, and no text of a log becomes markup in it")
    func html() {
        let text = written(
            .html,
            [
                line("<script>alert(1)</script> & \"q\" \u{202E}x", .systemFailure), line("x", .normal),
                .failure(ItemFailure(.internalFailure, "<b>no</b> verdict")),
            ])
        #expect(text.hasPrefix("<!doctype html>") && text.hasSuffix("</html>\n"))
        #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;q&quot; ·x"))
        #expect(!text.contains("<script") && !text.contains("<b>"))
        #expect(text.contains("3 lines, 50.0 % of them not normal; 1 could not be judged"))
        #expect(text.components(separatedBy: "<tr>").count == 1 + 1 + 3)
    }

    @Test(
        "what is too long for its column is cut",
        arguments: [
            ("abcde", 5, "abcde"), ("abcdef", 5, "abcd…"), ("", 5, ""), ("a\tb", 5, "a·b"), ("\u{202E}x", 5, "·x"),
        ])
    func cutting(text: String, width: Int, shown: String) {
        #expect(TerminalText.shown(text, width: width) == shown)
    }
}
