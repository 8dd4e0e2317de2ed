import GRPCCore
import Testing
import TocsinCore
import WireMessages

@testable import ServiceKit

@Suite("Deadlines and cancellation")
struct DeadlineTests {
    @Test("a client's deadline and id reach the tier below the tier that it calls")
    func deadlineIsPassedOn() async throws {
        let below = Collected<CallContext>()
        let lower = TestTier { batch in
            if let call = CallContext.current { below.append(call) }
            return TestTier.answer(batch)
        }
        try await TestServer.run([lower]) { lowerServer in
            try await lowerServer.withClient(timeout: .seconds(600)) { lowerClient in
                let upper = TestTier { try await lowerClient.unary(.embed, $0) }
                try await TestServer.run([upper], authority: lowerServer.authority) { upperServer in
                    try await upperServer.withClient(timeout: .seconds(7)) { client in
                        try await CallContext.$current.withValue(CallContext(requestID: "two-hops")) {
                            _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                        }
                    }
                }
            }
        }
        let call = try #require(below.elements.first)
        #expect(call.requestID == "two-hops")
        let left = ContinuousClock.now.duration(to: try #require(call.deadline))
        #expect(left < .seconds(7))
    }

    @Test("a passed deadline ends the call and stops the work")
    func deadlineStopsWork() async throws {
        let outcomes = Collected<String>()
        let tier = TestTier { batch in
            do {
                try await Task.sleep(for: .seconds(60))
                outcomes.append("slept")
            } catch {
                outcomes.append("stopped")
                throw error
            }
            return TestTier.answer(batch)
        }
        try await TestServer.run([tier]) { server in
            try await server.withClient(timeout: .seconds(3)) { client in
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                }
                #expect(error?.code == .deadlineExceeded)
                try await eventually("the work stops") { outcomes.elements == ["stopped"] }
            }
        }
    }

    @Test("a stream lasts as long as its messages come, whatever the time of a call")
    func streamsHaveNoTimeout() async throws {
        try await TestServer.run([TestTier()]) { server in
            try await server.withClient(timeout: .seconds(1)) { client in
                let answers = try await client.stream(
                    .embedStream,
                    requests: { writer in
                        for text in ["a", "b"] {
                            try await writer.write(EmbedBatch(texts: [text]))
                            try await Task.sleep(for: .seconds(1.2))
                        }
                    },
                    responses: { try await $0.reduce(0) { count, _ in count + 1 } })
                #expect(answers == 2)
            }
        }
    }

    @Test("a call that has no time left is not made")
    func noTimeLeft() async throws {
        let calls = Collected<Void>()
        let tier = TestTier { batch in
            calls.append(())
            return TestTier.answer(batch)
        }
        try await TestServer.run([tier]) { server in
            try await server.withClient { client in
                let late = CallContext(requestID: "late", deadline: .now - .seconds(1))
                let error = await #expect(throws: RPCError.self) {
                    try await CallContext.$current.withValue(late) {
                        _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                    }
                }
                #expect(error?.code == .deadlineExceeded)
            }
        }
        #expect(calls.count == 0)
    }

    @Test("a cancelled call throws CancellationError and stops the work", arguments: [false, true])
    func cancel(streaming: Bool) async throws {
        let outcomes = Collected<String>()
        let tier = TestTier { batch in
            outcomes.append("began")
            do { try await Task.sleep(for: .seconds(60)) } catch {
                outcomes.append("stopped")
                throw error
            }
            return TestTier.answer(batch)
        }
        try await TestServer.run([tier]) { server in
            try await server.withClient { client in
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask {
                        guard streaming else {
                            _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                            return
                        }
                        try await client.stream(.embedStream) {
                            try await $0.write(EmbedBatch(texts: ["x"]))
                        } responses: { (answers: RPCAsyncSequence<EmbeddedBatch, any Error>) in
                            for try await _ in answers {}
                        }
                    }
                    try await eventually("the work begins") { outcomes.elements == ["began"] }
                    tasks.cancelAll()
                    await #expect(throws: CancellationError.self) { try await tasks.waitForAll() }
                }
                try await eventually("the work stops") { outcomes.elements == ["began", "stopped"] }
            }
        }
    }

    @Test(
        "gRPC's way of writing a timeout is read",
        arguments: [
            ("1H", Duration.seconds(3600)), ("2M", .seconds(120)), ("30S", .seconds(30)), ("250m", .milliseconds(250)),
            ("99999999u", .microseconds(99_999_999)), ("7n", .nanoseconds(7)),
        ])
    func timeout(text: String, duration: Duration) { #expect(CallDeadline.timeout(text) == duration) }

    @Test("what is no timeout is none", arguments: ["", "S", "10", "-1S", "123456789S", "1 S", "1d", "+5S", "１S"])
    func noTimeout(text: String) { #expect(CallDeadline.timeout(text) == nil) }
}
