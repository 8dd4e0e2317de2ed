import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSONText
import Pipeline
import Synchronization
import Testing
import TierDoubles
import TocsinCore

@testable import Edge

/// `POST /v1/logs:analyze` and `POST /v1/compare`.
@Suite struct AnalyzeLogsTests {
    private static let path = "/v1/logs:analyze"
    private static let text: HTTPFields = [.contentType: "text/plain", .accept: "application/x-ndjson"]

    private static let linesOfJSON: HTTPFields = [
        .contentType: "application/x-ndjson", .accept: "application/x-ndjson",
    ]

    private static func lines(_ response: TestResponse) throws -> [JSONValue] {
        try response.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }

    @Test("JSON in, JSON out: rows with their status, then the model, the summary and the timings")
    func json() async throws {
        let response = try await EdgeBench().answer(.post, Self.path, #"{"logs": ["12345678", "bad"], "model": "ml"}"#)
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json")
        #expect(response.headers[.serverTiming]?.contains("classify;dur=") == true)
        let answer = try JSONValue(parsing: Array(response.text.utf8))
        guard case .array(let rows)? = answer["results"] else {
            Issue.record("no results")
            return
        }
        #expect(rows.map { $0["status"] } == ["ok", "failed"].map { .string(Array($0.utf8)) })
        #expect(rows.map { $0["line"] } == [.number(1), .number(2)])
        #expect(rows[1]["error"]?["code"] == .string(Array("invalid_argument".utf8)))
        #expect(answer["failed"] == .number(1))
        #expect(answer["total_logs"] == .number(2))
        #expect(answer["model"]?["name"] == .string(Array("ml".utf8)))
        #expect(answer["timings"]?["total_ms"] != nil)
    }

    @Test("plain text in, a row a line out, however many there are")
    func text() async throws {
        let body = (1...1000).map { "line \($0)\r\n" }.joined() + "last"
        let rows = try Self.lines(try await EdgeBench().answer(.post, Self.path, body, headers: Self.text))
        #expect(rows.count == 1002)
        #expect(rows[999]["raw"] == .string(Array("line 1000".utf8)))
        #expect(rows[1000]["raw"] == .string(Array("last".utf8)))
        #expect(rows.prefix(1001).map { $0["line"] } == (1...1001).map { .number(Double($0)) })
        #expect(rows[1001]["total_logs"] == .number(1001))
    }

    @Test("lines of JSON in, events out")
    func events() async throws {
        let response = try await EdgeBench().answer(
            .post, Self.path, "\"12345678\"\n\n{\"log\": \"1234567\"}\n",
            headers: [.contentType: "application/x-ndjson", .accept: "text/event-stream"])
        #expect(response.headers[.contentType] == "text/event-stream")
        let events = response.text.split(separator: "\n\n")
        #expect(events.count == 3)
        #expect(events[0].hasPrefix("event: result\ndata: {\"status\":\"ok\",\"raw\":\"12345678\""))
        #expect(events[2].hasPrefix("event: summary\ndata: {"))
    }

    @Test("with multiline=auto a stack trace is one record that tells its lines")
    func multiline() async throws {
        let body = "java.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\nnext\n"
        let rows = try Self.lines(
            try await EdgeBench().answer(.post, Self.path + "?multiline=auto", body, headers: Self.text))
        #expect(rows.count == 3)
        #expect(rows[0]["lines"] == .array([.number(1), .number(3)]))
        #expect(rows[1]["line"] == .number(4))
        let wrong = try await EdgeBench().answer(.post, Self.path + "?multiline=yes", body, headers: Self.text)
        #expect(wrong.status == .badRequest)
    }

    @Test(
        "what is wrong from the start has its own status",
        arguments: [
            ("", "application/json", "application/json", 400, "invalid_json"),
            ("", "text/plain", "application/json", 400, "empty_logs"),
            ("\n", "application/x-ndjson", "application/json", 400, "empty_logs"),
            ("{", "application/x-ndjson", "application/json", 400, "invalid_json"),
            ("7\n", "application/x-ndjson", "application/json", 400, "wrong_type"),
            ("a", "application/x-www-form-urlencoded", "application/json", 415, "unsupported_media_type"),
            ("a", "text/plain", "image/png", 406, "not_acceptable"),
            (#"{"logs": ["a"], "model": "lora"}"#, "application/json", "*/*", 404, "model_not_loaded"),
        ])
    func refusals(body: String, type: String, accept: String, status: Int, code: String) async throws {
        let response = try await EdgeBench().answer(
            .post, Self.path, body, headers: [.contentType: type, .accept: accept])
        #expect(response.status.code == status)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(response.text.contains(#""code":"\#(code)""#))
    }

    @Test("a line that is not JSON has a row with its error, in its place, and the others have theirs")
    func brokenLines() async throws {
        let good = String(repeating: "\"a\"\n", count: 100)
        let body = "{\n\(good){\n\"b\"\n7\n\n{\"log\": 8}"
        let rows = try Self.lines(
            try await EdgeBench().answer(.post, Self.path, body, headers: Self.linesOfJSON))
        #expect(rows.count == 106)
        let numbers: [JSONValue?] = (1...105).map { JSONValue.number(Double($0)) }
        #expect(rows.prefix(105).map { $0["line"] } == numbers)
        let failed = rows.enumerated().filter { $0.element["status"] == .string(Array("failed".utf8)) }.map(\.offset)
        #expect(failed == [0, 101, 103, 104])
        #expect(rows[101]["raw"] == .string(Array("{".utf8)))
        #expect(rows[104]["error"]?["code"] == .string(Array("invalid_argument".utf8)))
        guard case .string(let detail)? = rows[104]["error"]?["detail"] else {
            Issue.record("no detail")
            return
        }
        #expect(String(decoding: detail, as: UTF8.self).hasPrefix("line 106 of the body holds a number"))
        #expect(rows[105]["failed"] == .number(4))
        #expect(rows[105]["total_logs"] == .number(105))
    }

    @Test("a line that is not JSON ends the record before it, and the lines behind keep their numbers")
    func brokenRecord() async throws {
        let body = #""java.lang.IllegalStateException: no"\#n"\tat a.B.c(B.java:1)"\#n{\#n"next"\#n"last""#
        let rows = try Self.lines(
            try await EdgeBench().answer(.post, Self.path + "?multiline=auto", body, headers: Self.linesOfJSON))
        let numbers: [JSONValue?] = [.number(1), .number(3), .number(4), .number(5)]
        #expect(rows.prefix(4).map { $0["line"] } == numbers)
        #expect(rows[0]["lines"] == .array([.number(1), .number(2)]))
        #expect(rows[1]["status"] == .string(Array("failed".utf8)))
    }

    @Test("a body that turns out to be no JSON is not kept")
    func anotherKindOfBody() async throws {
        let body = "\"a\"\n" + String(repeating: "plain text\n", count: RecordSource.maxUnreadableInARow + 1)
        let response = try await EdgeBench().answer(.post, Self.path, body, headers: Self.linesOfJSON)
        #expect(response.status == .badRequest)
        #expect(response.text.contains("line \(RecordSource.maxUnreadableInARow + 2) of the body is not JSON"))
    }

    @Test("a stream that breaks off says why at its end")
    func broken() async throws {
        let calls = Mutex(0)
        let embedder = RecordingEmbedder(onEmbed: {
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            if call > 1 { throw TierError.unavailable(tier: "embedding", reason: "gone") }
        })
        let body = (1...1000).map { "line \($0)" }.joined(separator: "\n")
        let response = try await EdgeBench(embedder: embedder).answer(.post, Self.path, body, headers: Self.text)
        #expect(response.status == .ok)
        let rows = try Self.lines(response)
        #expect(rows.first?["line"] == .number(1))
        #expect(rows.last?["problem"]?["code"] == .string(Array("tier_unavailable".utf8)))
        #expect(rows.last?["problem"]?["tier"] == .string(Array("embedding".utf8)))
    }

    @Test("a log type that the parser does not know is the caller's mistake")
    func unknownLogType() async throws {
        let parser = RecordingParser(onParse: {
            throw TierError.invalidRequest(tier: "parser", reason: "there is no log type 'VMS'")
        })
        let response = try await EdgeBench(parser: parser).answer(
            .post, Self.path + "?log_type=VMS", "a", headers: Self.text)
        #expect(response.status == .notFound)
        #expect(response.text.contains(#""code":"unknown_log_type""#))
        #expect(response.text.contains("VMS"))
    }

    @Test("a problem with the model or the log type points to it where it stands in the body")
    func pointers() async throws {
        for (body, pointer) in [
            (#"{"logs": ["a"], "model": "hybrid"}"#, "/model"), (#"{"logs": ["a"], "log_type": "VMS"}"#, "/log_type"),
        ] {
            let parser = RecordingParser(onParse: {
                throw TierError.invalidRequest(tier: "parser", reason: "there is no log type 'VMS'")
            })
            for path in [Self.path, "/v1/logs:explain"] {
                let response = try await EdgeBench(parser: parser).answer(.post, path, body)
                #expect(response.status == .notFound)
                #expect(response.text.contains(#""pointer":"\#(pointer)""#), "\(path): \(response.text)")
            }
        }
    }

    @Test("of what a caller sent an error tells the begin, however long it is")
    func longTexts() async throws {
        let long = String(repeating: "x", count: 1 << 17)
        let digits = String(repeating: "7", count: 1 << 18)
        // Together they are one character with what stands before them.
        let marks = String(repeating: "\u{301}", count: 1 << 17)
        for (path, body, type, status) in [
            (Self.path, #"{"logs": ["a"], "model": "\#(long)"}"#, "application/json", 404),
            (Self.path + "?model=" + long, "a", "text/plain", 404),
            (Self.path, "\"a\"\n" + digits, "application/x-ndjson", 200),
            (Self.path, #"{"logs": \#(digits)}"#, "application/json", 400),
            ("/api/predict", #"{"logs": ["a"], "model_type": "a\#(marks)"}"#, "application/json", 400),
        ] {
            let answer = try await EdgeBench().answer(.post, path, body, headers: [.contentType: type])
            let name = "\(path.prefix(30)) \(body.prefix(30))"
            #expect(answer.status.code == status, "\(name)")
            #expect(answer.text.contains("…"), "\(name)")
            #expect(answer.body.readableBytes < 8 << 10, "\(name)")
        }
    }

    @Test("a line of a stream that is too long fails alone, its start shown")
    func tooLong() async throws {
        let bench = EdgeBench(limits: HTTPLimits(maxLineBytes: 5000))
        let long = String(repeating: "x", count: 5001)
        for (body, headers) in [
            ("first\n\(long)\r\n\(long.dropLast())\r\n", Self.text),
            ("\"first\"\n\"\(long)\"\n\"\(long.dropLast(3))\"\n", Self.linesOfJSON),
        ] {
            let rows = try Self.lines(try await bench.answer(.post, Self.path, body, headers: headers))
            #expect(rows.count == 4)
            #expect(rows.prefix(3).map { $0["status"] } == ["ok", "failed", "ok"].map { .string(Array($0.utf8)) })
            #expect(rows[1]["line"] == .number(2))
            let detail =
                "line 2 of the body has more than 5000 bytes, which is the most that a line may have; only its start is shown"
            #expect(rows[1]["error"]?["detail"] == .string(Array(detail.utf8)))
            guard case .string(let raw)? = rows[1]["raw"] else {
                Issue.record("the long line's start is not shown")
                return
            }
            #expect(raw.count == 4096)
            #expect(rows[3]["failed"] == .number(1))
        }
    }

    @Test("a line without an end is cut beyond the limit and the next one is whole")
    func longLines() {
        var splitter = LineSplitter(maxBytes: 4)
        #expect(splitter.add(Array("abcdefg".utf8)).isEmpty)
        let lines = splitter.add(Array("hij\nxy\r\n\nz".utf8))
        #expect(lines.map { String(decoding: $0, as: UTF8.self) } == ["abcdef", "xy", ""])
        #expect(splitter.finish().map { String(decoding: $0, as: UTF8.self) } == ["z"])
        #expect(splitter.finish().isEmpty)
    }

    @Test("compare ranks what changed, with samples and figures")
    func compare() async throws {
        // As many lines as fit in a body, however few other paths take.
        let response = try await EdgeBench(limits: HTTPLimits(maxLines: 1)).answer(
            .post, "/v1/compare", #"{"before": ["same", "same", "gone"], "after": ["same", "12345678", "12345678"]}"#)
        #expect(response.status == .ok)
        let answer = try JSONValue(parsing: Array(response.text.utf8))
        #expect(answer["before"]?["lines"] == .number(3))
        let bad = try await EdgeBench().answer(.post, "/v1/compare", #"{"before": ["a"]}"#)
        #expect(bad.text.contains(#""pointer":"/after""#))
    }

    @Test("templates come in pages, with the classes that their lines were given here")
    func templates() async throws {
        let bench = EdgeBench()
        let unseen = try JSONValue(parsing: Array(try await bench.answer(.get, "/v1/templates").text.utf8))
        #expect(unseen["total"] == .number(0))
        _ = try await bench.answer(
            .post, "/v1/logs:analyze", #"{"logs": ["mail to root@host.example", "seven77", "seven77"]}"#)
        let answer = try await bench.answer(.get, "/v1/templates?limit=1&min_count=1")
        let page = try JSONValue(parsing: Array(answer.text.utf8))
        #expect(page["total"] == .number(2))
        #expect(page["total_count"] == .number(3))
        guard case .array(let templates)? = page["templates"] else {
            Issue.record("no templates")
            return
        }
        #expect(templates.count == 1)
        #expect(templates[0]["first_seen"] == .string(Array("2026-04-15T12:34:56Z".utf8)))
        #expect(templates[0]["class_distribution"] != nil)
        #expect(!answer.text.contains("root@host.example"))
        for query in ["limit=0", "limit=x", "offset=-1", "pinned=yes"] {
            #expect(try await bench.answer(.get, "/v1/templates?" + query).status == .badRequest, "\(query)")
        }
    }

    @Test("a line that was judged before is not judged again, which the status shows")
    func remembered() async throws {
        let classifier = RecordingClassifier()
        let bench = EdgeBench(classifier: classifier)
        let first = try await bench.answer(.post, "/api/predict", #"{"logs": ["12345678"]}"#)
        #expect(try await bench.answer(.post, "/api/predict", #"{"logs": ["12345678"]}"#).text == first.text)
        #expect(classifier.rows == 1)
        let status = try JSONValue(parsing: Array(try await bench.answer(.get, "/v1/status").text.utf8))
        #expect(status["caches"]?["verdicts"]?["hits"] == .number(1))
        #expect(status["caches"]?["verdicts"]?["entries"] == .number(1))
        #expect(status["caches"]?["vectors"]?["misses"] == .number(1))
    }

    @Test("status, models, limits and version answer, and the specification describes every path")
    func introspection() async throws {
        let bench = try EdgeBench(page: WebPage())
        for path in ["/v1/status", "/v1/models", "/v1/limits", "/version", "/docs"] {
            #expect(try await bench.answer(.get, path).status == .ok, "\(path)")
        }
        #expect(try await bench.answer(.get, "/v1/limits").text.contains(#""log_types":["Plain","Unknown"]"#))
        let specification = try JSONValue(parsing: Array(try await bench.answer(.get, "/openapi.json").text.utf8))
        guard case .object(let paths)? = specification["paths"] else {
            Issue.record("no paths")
            return
        }
        #expect(Set(paths.map(\.name)) == bench.router.paths)
        #expect(specification["info"]?["version"] == .string(Array(ProgramVersion.current.utf8)))
    }
}
