import Foundation
import JSONText
import Logging
import Testing
import WireMessages

@testable import ServiceKit

@Suite("JSON logs")
struct JSONLogHandlerTests {
    private struct Boom: Error, CustomStringConvertible { let description = "it broke" }

    @Test("an event is one JSON object on one line")
    func line() throws {
        let lines = Collected<[UInt8]>()
        var logger = self.logger(lines)
        logger[metadataKey: "tier"] = "parser"
        logger.notice("three\nlines \"quoted\"\u{1}", error: Boom(), metadata: ["count": "3", "list": ["a", "b"]])
        let line = try #require(lines.elements.first)
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        let value = try JSONValue(parsing: Array(line.dropLast()))
        #expect(value["level"] == .string(Array("notice".utf8)))
        #expect(value["label"] == .string(Array("test".utf8)))
        #expect(value["message"] == .string(Array("three\nlines \"quoted\"\u{1}".utf8)))
        #expect(value["error"] == .string(Array("it broke".utf8)))
        #expect(value["tier"] == .string(Array("parser".utf8)))
        #expect(value["count"] == .string(Array("3".utf8)))
        guard case .string(let time) = value["time"] else {
            Issue.record("the line has no time")
            return
        }
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        #expect(abs(try style.parse(String(decoding: time, as: UTF8.self)).timeIntervalSinceNow) < 60)
    }

    @Test("every line of a call carries its request id")
    func requestID() async throws {
        let lines = Collected<[UInt8]>()
        let logger = logger(lines)
        logger.info("before")
        await CallContext.$current.withValue(CallContext(requestID: "r-1")) {
            logger.info("within")
            await withTaskGroup(of: Void.self) { $0.addTask { logger.info("in a child task") } }
        }
        let ids = try lines.elements.map { try JSONValue(parsing: Array($0.dropLast()))["request_id"] }
        #expect(ids == [nil, .string(Array("r-1".utf8)), .string(Array("r-1".utf8))])
    }

    @Test("a call's log lines name the call, its code and its caller in every tier")
    func calls() async throws {
        let lines = Collected<[UInt8]>()
        try await TestServer.run(logger: logger(lines)) { server in
            try await server.withClient { client in
                try await CallContext.$current.withValue(CallContext(requestID: "r-2")) {
                    _ = try await client.unary(.embed, .text(ofBytes: 1))
                }
            }
        }
        let calls = try lines.elements.map { try JSONValue(parsing: Array($0.dropLast())) }
            .filter { $0["rpc"] == .string(Array("tocsin.embedding.v1.Embedding/Embed".utf8)) }
        #expect(calls.count == 1)
        #expect(calls.first?["request_id"] == .string(Array("r-2".utf8)))
        #expect(calls.first?["code"] == .string(Array("OK".utf8)))
    }

    private func logger(_ lines: Collected<[UInt8]>) -> Logger {
        Logger(label: "test") { label in
            JSONLogHandler(label: label, level: .info, metadataProvider: .currentCall) { lines.append($0) }
        }
    }
}
