import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSONText
import Testing
import TierDoubles

@testable import Edge

/// `POST /v1/logs:explain`.
@Suite struct ExplainLogsTests {
    private static let path = "/v1/logs:explain"

    private func rows(_ response: TestResponse) throws -> [JSONValue] {
        guard case .array(let rows)? = try JSONValue(parsing: Array(response.text.utf8))["explanations"] else {
            Issue.record("no explanations in \(response.text)")
            return []
        }
        return rows
    }

    @Test("a row has the members of an analysed one, and beside them what decided")
    func golden() async throws {
        let response = try await EdgeBench().answer(.post, Self.path, #"{"logs": ["aaaaaaa bbbbbb c"]}"#)
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json")
        let row = try #require(try rows(response).first)
        #expect(row["status"] == .string(Array("ok".utf8)))
        #expect(row["prediction"]?["class_name"] == .string(Array("system_failure".utf8)))
        let start = try #require(response.text.range(of: #""explanation":"#))
        let end = try #require(response.text.range(of: #"}],"timings""#))
        #expect(
            response.text[start.upperBound..<end.lowerBound] == """
                {"class_index":2,"class_name":"system_failure","probability":0.7,\
                "sentence":"system_failure, 70 % sure, because of “aaaaaaa” and “c”; most like the known \
                “aaaaaaa bbbbbb c” (Linux, system_failure).",\
                "model_text":"aaaaaaa bbbbbb c","word_method":"occlusion",\
                "words":[{"word":"aaaaaaa","contribution":3.7917},{"word":"bbbbbb","contribution":0.0},\
                {"word":"c","contribution":3.7917}],\
                "margin":{"base":0.0,"value":16.0},\
                "groups":[{"name":"meaning","title":"meaning of the text","contribution":16.0}],"features":[],\
                "nearest_templates":[{"template":"aaaaaaa bbbbbb c","class_index":2,"class_name":"system_failure",\
                "source":"Linux","similarity":1.0,"distance":0.0}],"far_from_known":false}
                """)
    }

    @Test("the class may be chosen in the body or the query; one that is none is the caller's mistake")
    func chosenClass() async throws {
        let bench = EdgeBench()
        let inBody = try await bench.answer(.post, Self.path, #"{"logs": ["x"], "class": "config_error"}"#)
        let inQuery = try await bench.answer(
            .post, Self.path + "?class=config_error", "x", headers: [.contentType: "text/plain"])
        for response in [inBody, inQuery] {
            #expect(
                try rows(response).first?["explanation"]?["class_name"] == .string(Array("config_error".utf8)))
        }
        let wrong = try await bench.answer(.post, Self.path, #"{"logs": ["x"], "class": "bad luck"}"#)
        #expect(wrong.status == .badRequest)
        #expect(wrong.text.contains(#""code":"unknown_class""#) && wrong.text.contains(#""pointer":"/class""#))
        #expect(!wrong.text.contains("bad luck"))
    }

    @Test("more lines than are explained at once are refused, in every form of body")
    func tooMany() async throws {
        let lines = (0..<17).map { "line \($0)" }
        let json = #"{"logs": [\#(lines.map { "\"\($0)\"" }.joined(separator: ","))]}"#
        for (body, type) in [(json, "application/json"), (lines.joined(separator: "\n"), "text/plain")] {
            let response = try await EdgeBench().answer(.post, Self.path, body, headers: [.contentType: type])
            #expect(response.status == .contentTooLarge)
            #expect(response.text.contains(#""code":"too_many_lines""#))
        }
        let empty = try await EdgeBench().answer(.post, Self.path, "", headers: [.contentType: "text/plain"])
        #expect(empty.status == .badRequest && empty.text.contains("empty_logs"))
    }

    @Test("a line that fails has no explanation, and the others keep theirs")
    func failure() async throws {
        let rows = try rows(try await EdgeBench().answer(.post, Self.path, #"{"logs": ["bad", "fine"]}"#))
        #expect(rows.map { $0["status"] } == ["failed", "ok"].map { .string(Array($0.utf8)) })
        #expect(rows[0]["explanation"] == .null && rows[0]["error"] != nil)
        #expect(rows[1]["explanation"]?["sentence"] != nil)
    }

    @Test("where secrets are hidden in answers, no part of an explanation shows them")
    func redaction() async throws {
        let bench = EdgeBench(redactor: Redactor(scope: .all))
        let body = #"{"logs": ["login of ann@example.com with password=hunter2 failed"]}"#
        let response = try await bench.answer(.post, Self.path, body)
        let explanation = try #require(try rows(response).first?["explanation"])
        guard case .array(let words)? = explanation["words"] else {
            Issue.record("no words in \(response.text)")
            return
        }
        #expect(
            words.map { $0["word"] }
                == ["login", "of", "<SECRET>", "with", "<SECRET>", "failed"].map { .string(Array($0.utf8)) })
        for name in ["model_text", "sentence"] {
            guard case .string(let text)? = explanation[name] else { continue }
            let shown = String(decoding: text, as: UTF8.self)
            #expect(!shown.prefix { $0 != ";" }.contains("hunter2"))
        }
    }

    @Test("what is in a line stays text", arguments: ["<script>", "\u{202E}", "\0", "\\", "\"", "é\u{301}"])
    func hostile(part: String) async throws {
        let log = JSONValue.string(Array("a \(part) b".utf8))
        var json = JSONWriter()
        json.object { $0.array("logs") { $0.string("a \(part) b") } }
        let response = try await EdgeBench().answer(.post, Self.path, bytes: json.bytes)
        #expect(response.status == .ok)
        #expect(try rows(response).first?["raw"] == log)
    }
}
