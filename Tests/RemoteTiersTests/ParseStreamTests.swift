import Drain
import GRPCCore
import LocalTiers
import LogFormats
import LogParsing
import ServiceKit
import Testing
import TocsinCore
import WireMessages

@testable import tocsin_parser

/// The parser service over its stream, with lines that no program means to write.
@Suite("ParseStream", .timeLimit(.minutes(2)))
struct ParseStreamTests {
    private func parser() throws -> LineParser {
        LineParser(library: try .standard(), frozenTree: FrozenTree(typedTexts: ["disk <*> is full"]))
    }

    /// What a service over `parser` answers to `batches`, sent one after the other on one stream.
    private func answers(_ parser: LineParser, _ batches: [ParseBatch]) async throws -> [ParsedBatch] {
        try await Deployment.serve([(.parser, ParserService(tier: LocalParsingTier(parser)))]) { clients in
            try await clients[0].stream(
                .parseStream, requests: { for batch in batches { try await $0.write(batch) } },
                responses: { messages in
                    var answers: [ParsedBatch] = []
                    for try await message in messages { answers.append(message) }
                    return answers
                })
        }
    }

    private static func block(_ lines: [[UInt8]]) -> LineBlock {
        var block = LineBlock()
        for line in lines { block.append(line) }
        return block
    }

    static let hostile: [LineBlock] = [
        [], [""], ["", " ", "\t\r\n"],
        block([[0x00], [0xFF], [0xC3], [0x61, 0x00, 0xE2, 0x82, 0x62], Array(0...255)]),
        block([[UInt8](repeating: 0x78, count: 10_000_000), Array("ERROR: after it".utf8)]),
        ["\u{1B}[1;31mERROR\u{1B}[0m: disk sda is full\r", "\u{FEFF}ERROR: disk sda is full", "\u{1B}[", "\u{1B}]0;"],
        ["ERROR: failed\njava.io.IOException: disk full\n\tat shop.Cart.pay(Cart.java:41)"],
        block(["ERROR: wide".utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }]),
        ["took <NUM> s", "took 7 s", "<*> <IP> <", "\"\"\"", "{\"message\": \"\\u0000\"}", "{\"a\": [[[[", ",,,,,,,,"],
    ]

    @Test("every line has its answer, that of the same parser in this process, batch by batch in order")
    func hostileLines() async throws {
        let batches = Self.hostile.map { ParseBatch(lines: $0) }
        let local = try parser()
        let expected = try batches.map { try local.parse($0) }
        let answers = try await answers(try parser(), batches)
        #expect(answers == expected)
        #expect(answers.map(\.lines.count) == Self.hostile.map(\.count))
        #expect(try answers[4].lines[0].get().isTruncated)
        #expect(try answers[5].lines[0].get().content == "disk sda is full")
    }

    @Test("a stream goes on for as long as requests come, in memory of a batch")
    func longStream() async throws {
        let lines = LineBlock((0..<1000).map { "Feb  3 07:15:22 gate sshd[\($0)]: session \($0 * 7919) opened" })
        let answers = try await answers(try parser(), Array(repeating: ParseBatch(lines: lines), count: 30))
        #expect(answers.count == 30)
        #expect(answers.allSatisfy { $0.lines.count == 1000 })
    }

    @Test("a request that is wrong as a whole ends the stream with the reason")
    func wrongRequests() async throws {
        let tooMany = LineBlock(Array(repeating: "x", count: 65_537))
        for (batch, reason) in [
            (ParseBatch(lines: ["x"], forcedLogType: "Elephant"), "there is no log type 'Elephant'"),
            (ParseBatch(lines: tooMany), "the batch has 65537 lines, at most 65536 are taken"),
        ] {
            let error = await #expect(throws: RPCError.self) { try await answers(try parser(), [batch]) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.contains(reason) == true)
        }
    }
}
