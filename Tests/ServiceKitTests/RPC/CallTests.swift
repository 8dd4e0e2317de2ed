import GRPCCore
import Testing
import TocsinCore
import WireMessages

@testable import ServiceKit

@Suite("Calls over mutual TLS")
struct CallTests {
    @Test("a message goes there and its answer comes back")
    func unary() async throws {
        try await TestServer.run { server in
            try await server.withClient { client in
                let answer = try await client.unary(.embed, EmbedBatch(texts: ["eins", "", "drei\0!"]))
                #expect(answer.tokenCounts == [4, 0, 6])
                #expect(answer.vectors.values == [4, 0, 6])
            }
        }
    }

    @Test("a stream answers each of a thousand messages in order")
    func stream() async throws {
        try await TestServer.run { server in
            try await server.withClient { client in
                let counts = try await client.stream(.embedStream) { writer in
                    for index in 0..<1000 { try await writer.write(.text(ofBytes: index)) }
                } responses: { (answers: RPCAsyncSequence<EmbeddedBatch, any Error>) in
                    try await answers.reduce(into: []) { $0 += $1.tokenCounts }
                }
                #expect(counts == Array(0..<1000))
            }
        }
    }

    @Test("a message of 32 MiB passes")
    func bulk() async throws {
        try await TestServer.run { server in
            try await server.withClient { client in
                let answer = try await client.unary(.embed, .text(ofBytes: 32 << 20))
                #expect(answer.tokenCounts == [32 << 20])
            }
        }
    }

    @Test("an answer of 32 MiB passes")
    func bulkAnswer() async throws {
        let tier = TestTier { _ in
            let row = [Float](repeating: 1, count: 8 << 20)
            guard let vectors = VectorBlock(dimension: 8 << 20, values: row) else { throw CancellationError() }
            return EmbeddedBatch(vectors: vectors, tokenCounts: [1], encoderSHA256: "")
        }
        try await TestServer.run([tier]) { server in
            try await server.withClient { client in
                let answer = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                #expect(answer.vectors.values.count == 8 << 20)
            }
        }
    }

    @Test("the handler knows who calls and under which id")
    func context() async throws {
        let seen = Collected<CallContext>()
        let tier = TestTier { batch in
            if let call = CallContext.current { seen.append(call) }
            return TestTier.answer(batch)
        }
        try await TestServer.run([tier]) { server in
            try await server.withClient { client in
                try await CallContext.$current.withValue(CallContext(requestID: "order-66")) {
                    _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                }
                _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
            }
        }
        #expect(seen.count == 2)
        #expect(seen.elements.first?.requestID == "order-66")
        #expect(seen.elements.last?.requestID.utf8.count == 32)
        #expect(seen.elements.first?.peer?.uris == ["spiffe://tocsin/edge"])
        #expect(seen.elements.first?.peer?.tlsVersion == "TLSv1.3")
        #expect(seen.elements.first?.service == "tocsin.embedding.v1.Embedding")
        #expect(seen.elements.first?.method == "Embed")
    }

    @Test(
        "a handler's error comes back as its status", arguments: [RPCError.Code.resourceExhausted, .failedPrecondition])
    func status(code: RPCError.Code) async throws {
        let tier = TestTier { _ in throw RPCError(code: code, message: "nein, \"das\" geht nicht: é") }
        try await TestServer.run([tier]) { server in
            try await server.withClient { client in
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                }
                #expect(error?.code == code)
                #expect(error?.message == "nein, \"das\" geht nicht: é")
            }
        }
    }

    @Test("an error that nobody foresaw is INTERNAL and keeps its details to the log")
    func unforeseen() async throws {
        struct Secret: Error {}
        try await TestServer.run([TestTier { _ in throw Secret() }]) { server in
            try await server.withClient { client in
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                }
                #expect(error?.code == .internalError)
                #expect(error?.message.contains("Secret") == false)
            }
        }
    }

    @Test("a method that is not there is UNIMPLEMENTED")
    func unimplemented() async throws {
        try await TestServer.run { server in
            try await server.withClient { client in
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.unary(.parse, ParseBatch(lines: ["x"]))
                }
                #expect(error?.code == .unimplemented)
            }
        }
    }
}
