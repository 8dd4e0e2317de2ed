import Hummingbird
import HummingbirdTesting
import JSONText
import Testing
import TierDoubles
import TocsinCore

@testable import Edge

@Suite struct PredictTests {
    @Test("an answer has the documented members in their order")
    func golden() async throws {
        // Lengths 8 and 9: classes 1 and 2.
        let response = try await EdgeBench().answer(
            .post, "/api/predict", #"{"logs": ["sshd 678", "123456789"], "include_templates": true}"#)
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json")
        #expect(
            response.text == #"{"status":"success","timestamp":"2026-04-15T12:34:56.123456","total_logs":2,"#
                + #""model_used":{"model_type":"ML","model_name":"XGBoost","num_classes":7,"#
                + #""classification_type":"multi-class"},"logs":["#
                + #"{"raw":"sshd 678","log_type":"OpenSSH","parsed_content":"sshd 678","template":"sshd 678","#
                + #""prediction":{"class_index":1,"class_name":"security_anomaly","confidence":0.7,"#
                + #""probabilities":[0.05,0.7,0.05,0.05,0.05,0.05,0.05]}},"#
                + #"{"raw":"123456789","log_type":"Linux","parsed_content":"123456789","template":"123456789","#
                + #""prediction":{"class_index":2,"class_name":"system_failure","confidence":0.7,"#
                + #""probabilities":[0.05,0.05,0.7,0.05,0.05,0.05,0.05]}}],"#
                + #""summary":{"class_distribution":{"security_anomaly":1,"system_failure":1},"#
                + #""log_type_distribution":{"OpenSSH":1,"Linux":1},"anomaly_rate":1.0}}"#)
    }

    @Test("templates and probabilities are null where they are not asked for")
    func nulls() async throws {
        let response = try await EdgeBench().answer(
            .post, "/api/predict", #"{"logs": ["1234567"], "include_probabilities": false}"#)
        #expect(
            response.text.contains(
                #""template":null,"prediction":{"class_index":0,"class_name":"normal","confidence":null,"#
                    + #""probabilities":null}"#))
        #expect(response.text.contains(#""summary":{"class_distribution":{"normal":1}"#))
        #expect(response.text.contains(#""anomaly_rate":0.0"#))
    }

    @Test("what else is known of a line is added where it is asked for")
    func details() async throws {
        let response = try await EdgeBench().answer(
            .post, "/api/predict", #"{"logs": ["1234567", "12345678"], "include_details": true}"#)
        #expect(response.text.contains(#""line":2,"template_id":"#))
        #expect(response.text.contains(#""timestamp":"#))
        #expect(response.text.contains(#""abstained":false"#))
    }

    @Test("the documented body, both names of a model in it, is answered by ml")
    func documentedBody() async throws {
        let body = #"""
            {"logs": ["a", "b"], "model_type": "ml", "bert_variant": "dann",
             "include_probabilities": true, "include_templates": true}
            """#
        #expect(try await EdgeBench().answer(.post, "/api/predict", body).status == .ok)
    }

    @Test(
        "a body that is wrong is refused with a code, where it is wrong, and the documented members",
        arguments: [
            ("", "invalid_json", nil, "line 1, column 1: the text ends, expected a value"),
            ("{\n \"logs\": [}", "invalid_json", nil, "line 2, column 11: found '}', expected a value"),
            ("[]", "wrong_type", "", "the body is an array, expected an object"),
            ("{}", "missing_member", "/logs", "\"logs\" is missing, expected an array of log lines, each a string"),
            (#"{"logs": "x"}"#, "wrong_type", "/logs", "\"logs\" is a string, expected an array of strings"),
            (#"{"logs": []}"#, "empty_logs", "/logs", "\"logs\" is empty, expected at least one log line"),
            (#"{"logs": ["a", 7]}"#, "wrong_type", "/logs/1", "element 1 of \"logs\" is a number, expected a string"),
            (
                #"{"logs": ["a"], "model_type": "svm"}"#, "unknown_model_type", "/model_type",
                #""model_type" is "svm", expected one of "ml", "bert""#
            ),
            (
                #"{"logs": ["a"], "bert_variant": "big"}"#, "unknown_bert_variant", "/bert_variant",
                #""bert_variant" is "big", expected one of "dann", "lora", "hybrid""#
            ),
            (
                #"{"logs": ["a"], "model_type": 1}"#, "wrong_type", "/model_type",
                "\"model_type\" is a number, expected a string"
            ),
            (
                #"{"logs": ["a"], "include_templates": "yes"}"#, "wrong_type", "/include_templates",
                "\"include_templates\" is a string, expected true or false"
            ),
            (
                #"{"logs": ["a"], "model_type": "bert", "bert_variant": "hybrid"}"#, "model_not_loaded",
                "/bert_variant", "model 'hybrid' is not loaded; loaded: ml"
            ),
        ] as [(String, String, String?, String)])
    func refusals(body: String, code: String, pointer: String?, detail: String) async throws {
        let response = try await EdgeBench().answer(.post, "/api/predict", body)
        #expect(response.status == (code == "model_not_loaded" ? .notFound : .badRequest))
        #expect(response.headers[.contentType] == "application/problem+json")
        let problem = try JSONValue(parsing: Array(response.text.utf8))
        #expect(problem["code"] == .string(Array(code.utf8)))
        #expect(problem["detail"] == .string(Array(detail.utf8)))
        #expect(problem["error"] == problem["detail"])
        let status = code == "model_not_loaded" ? "model_not_available" : "invalid_request"
        #expect(problem["status"] == .string(Array(status.utf8)))
        #expect(problem["pointer"] == pointer.map { .string(Array($0.utf8)) })
    }

    @Test("more lines or bytes than the limit are 413")
    func limits() async throws {
        let bench = EdgeBench(limits: HTTPLimits(maxBodyBytes: 100, maxLines: 2))
        let lines = try await bench.answer(.post, "/api/predict", #"{"logs": ["a", "b", "c"]}"#)
        #expect(lines.status == .contentTooLarge)
        #expect(lines.text.contains(#""code":"too_many_lines""#))
        let body = try await bench.answer(.post, "/api/predict", "\"\(String(repeating: "x", count: 200))\"")
        #expect(body.status == .contentTooLarge)
        #expect(body.text.contains(#""code":"body_too_large""#))
    }

    @Test("NUL, broken UTF-8 and a line of 10 MB are answered like any line")
    func hostileLines() async throws {
        var body = Array(#"{"logs": ["a\u0000b", "c"#.utf8)
        body += [0xFF, 0xFE] + Array(#"", ""#.utf8)
        body += Array(repeating: UInt8(ascii: "y"), count: 10_000_000)
        body += Array(#""]}"#.utf8)
        let response = try await EdgeBench().answer(.post, "/api/predict", bytes: body)
        #expect(response.status == .ok)
        let answer = try JSONValue(parsing: Array(response.text.utf8))
        guard case .array(let rows)? = answer["logs"] else {
            Issue.record("the answer has no rows")
            return
        }
        #expect(rows.count == 3)
        #expect(rows[0]["raw"] == .string([0x61, 0x00, 0x62]))
        #expect(rows[1]["raw_base64"] == .string(Array("Y//+".utf8)))
        #expect(rows.allSatisfy { $0["prediction"] != .null && $0["prediction"] != nil })
    }

    @Test("a line that fails alone leaves the others their verdicts")
    func itemFailure() async throws {
        let response = try await EdgeBench().answer(.post, "/api/predict", #"{"logs": ["bad", "good"]}"#)
        #expect(response.status == .ok)
        #expect(
            response.text.contains(
                #"{"raw":"bad","log_type":null,"parsed_content":null,"template":null,"prediction":null,"#
                    + #""error":{"code":"invalid_argument","detail":"cannot be read"}}"#))
        #expect(response.text.contains(#""total_logs":2"#))
    }
}
