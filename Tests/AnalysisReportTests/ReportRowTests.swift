import AnalysisReport
import JSONText
import Pipeline
import Testing
import TocsinCore

@Suite struct ReportRowTests {
    let analysis = LineAnalysis(
        parsed: ParsedLine(
            logType: "OpenSSH", formatConfidence: 1, timestamp: "2026-04-15T12:34:56Z", level: "INFO",
            content: "Failed password for admin",
            template: MinedTemplate(
                id: "00ff", text: "Failed password for <*>", typedText: "Failed password for <USER>", parameters: []),
            modelTemplate: "", modelText: "", features: []),
        prediction: Prediction(probabilities: [0.02, 0.94, 0.01, 0.01, 0.01, 0, 0.01]))

    func text(_ row: ReportRow, _ change: (inout ReportRow.Style) -> Void = { _ in }) -> String {
        var style = ReportRow.Style()
        change(&style)
        var json = JSONWriter()
        row.write(to: &json, style: style)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("a row has the documented members in their order")
    func documented() {
        let row = ReportRow(line: 1, raw: Array("sshd: \"x\"".utf8)[...], result: .success(analysis))
        #expect(
            text(row) == #"{"raw":"sshd: \"x\"","log_type":"OpenSSH","parsed_content":"Failed password for admin","#
                + #""template":"Failed password for <*>","prediction":{"class_index":1,"#
                + #""class_name":"security_anomaly","confidence":0.94,"#
                + #""probabilities":[0.02,0.94,0.01,0.01,0.01,0.0,0.01]}}"#)
        #expect(
            text(row) {
                $0.includesTemplate = false
                $0.includesProbabilities = false
            }.hasSuffix(
                #""template":null,"prediction":{"class_index":1,"class_name":"security_anomaly","#
                    + #""confidence":null,"probabilities":null}}"#))
    }

    @Test("details follow the documented members")
    func details() {
        let row = ReportRow(line: 7, raw: [0x78], result: .success(analysis))
        #expect(
            text(row) { $0.includesDetails = true }.hasSuffix(
                #"},"line":7,"template_id":"00ff","timestamp":"2026-04-15T12:34:56Z","level":"INFO","abstained":false}"#
            ))
    }

    @Test("a line that is not UTF-8 is shown with replacements and given in base 64")
    func brokenText() {
        let row = ReportRow(line: 1, raw: [0x61, 0xFF, 0x00], result: .success(analysis))
        #expect(text(row).hasPrefix("{\"raw\":\"a\u{FFFD}\\u0000\",\"raw_base64\":\"Yf8A\",\"log_type\""))
    }

    @Test("a line without a verdict says why")
    func failure() {
        let row = ReportRow(line: 2, raw: [0x78], result: .failure(ItemFailure(.limitExceeded, "too long")))
        #expect(
            text(row) { $0.includesDetails = true }
                == #"{"raw":"x","log_type":null,"parsed_content":null,"template":null,"prediction":null,"#
                + #""error":{"code":"limit_exceeded","detail":"too long"},"#
                + #""line":2,"template_id":null,"timestamp":null,"level":null,"abstained":null}"#)
    }

    @Test("the summary leaves out what no line has; the model is named as documented")
    func summary() {
        var summary = AnalysisSummary()
        summary.add(.success(analysis))
        summary.add(.failure(ItemFailure(.internalFailure, "")))
        var json = JSONWriter()
        json.array {
            summary.write(to: &$0)
            AnalysisSummary().write(to: &$0)
            ModelInfo(name: "ml", algorithm: "XGBoost", version: "1", sha256: "", isActive: true).write(to: &$0)
        }
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"[{"class_distribution":{"security_anomaly":1},"log_type_distribution":{"OpenSSH":1},"#
                + #""anomaly_rate":1.0},"#
                + #"{"class_distribution":{},"log_type_distribution":{},"anomaly_rate":0.0},"#
                + #"{"model_type":"ML","model_name":"XGBoost","num_classes":7,"classification_type":"multi-class"}]"#)
    }
}
