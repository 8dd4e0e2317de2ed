import GRPCCore
import Logging
import Testing
import TocsinCore
import WireMessages

@testable import ServiceKit

@Suite("The end of a server")
struct DrainTests {
    @Test("a drain says NOT_SERVING first, lets the call under way end, and refuses new ones")
    func drain() async throws {
        let began = Collected<Void>()
        let tier = TestTier { batch in
            began.append(())
            try await Task.sleep(for: .milliseconds(600))
            return TestTier.answer(batch)
        }
        let authority = try TestAuthority()
        try await TestServer.run([tier], authority: authority, drainDelay: .milliseconds(200)) { server in
            try await server.withClient { client in
                try await withThrowingTaskGroup(of: EmbeddedBatch.self) { tasks in
                    tasks.addTask { try await client.unary(.embed, .text(ofBytes: 4 << 20)) }
                    try await eventually("the call is under way") { began.count == 1 }
                    await server.drain()
                    try await eventually("the server says NOT_SERVING while it still answers") {
                        try await client.unary(.check, HealthCheckRequest()).status == .notServing
                    }
                    #expect(try await tasks.next()?.tokenCounts == [4 << 20])
                }
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.unary(.check, HealthCheckRequest())
                }
                #expect(error?.code == .unavailable)
            }
        }
    }

    @Test("no call of many fails while the server drains, and none goes unanswered")
    func drainUnderLoad() async throws {
        let tier = TestTier { batch in
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...20)))
            return TestTier.answer(batch)
        }
        try await TestServer.run([tier]) { server in
            try await server.withClient { client in
                let answered = Collected<Void>()
                let failures = Collected<RPCError>()
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    for _ in 0..<16 {
                        tasks.addTask {
                            // Until the server is gone; what it took it must have answered.
                            while true {
                                do {
                                    _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                                    answered.append(())
                                } catch {
                                    if let error = error as? RPCError { failures.append(error) }
                                    return
                                }
                            }
                        }
                    }
                    try await eventually("calls are answered") { answered.count > 100 }
                    await server.drain()
                    try await tasks.waitForAll()
                }
                #expect(failures.elements.allSatisfy { $0.code == .unavailable })
            }
            let handled = server.server.metrics.page()
            #expect(handled.contains("grpc_method=\"Embed\",grpc_code=\"OK\""))
            #expect(!handled.contains("grpc_code=\"unavailable\""))
            #expect(!handled.contains("grpc_code=\"cancelled\""))
        }
    }

    @Test("a deadline still ends a call when the server drains")
    func deadlineWhileDraining() async throws {
        let outcomes = Collected<String>()
        let tier = TestTier { batch in
            outcomes.append("began")
            do { try await Task.sleep(for: .seconds(60)) } catch {
                outcomes.append("stopped")
                throw error
            }
            return TestTier.answer(batch)
        }
        try await TestServer.run([tier], gracePeriod: .seconds(30)) { server in
            try await server.withClient(timeout: .seconds(4)) { client in
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask { _ = try await client.unary(.embed, EmbedBatch(texts: ["x"])) }
                    try await eventually("the call is under way") { outcomes.count == 1 }
                    await server.drain()
                    let error = await #expect(throws: RPCError.self) { try await tasks.waitForAll() }
                    #expect(error?.code == .deadlineExceeded)
                }
                try await eventually("the work stops") { outcomes.elements == ["began", "stopped"] }
            }
        }
    }

    @Test("calls that outlast the grace period are cancelled and the server ends")
    func gracePeriod() async throws {
        let began = Collected<Void>()
        let tier = TestTier { batch in
            began.append(())
            try await Task.sleep(for: .seconds(60))
            return TestTier.answer(batch)
        }
        let clock = ContinuousClock()
        let taken = try await clock.measure {
            try await TestServer.run([tier], gracePeriod: .milliseconds(300)) { server in
                try await server.withClient { client in
                    try await withThrowingTaskGroup(of: Void.self) { tasks in
                        tasks.addTask { _ = try await client.unary(.embed, EmbedBatch(texts: ["x"])) }
                        try await eventually("the call is under way") { began.count == 1 }
                        await server.drain()
                        await #expect(throws: RPCError.self) { try await tasks.waitForAll() }
                    }
                }
            }
        }
        #expect(taken < .seconds(20))
    }

    @Test("a port that is taken is one clear sentence")
    func portTaken() async throws {
        try await TestServer.run { server in
            let error = await #expect(throws: ListenError.self) {
                try await TestServer.run(port: server.port) { _ in }
            }
            #expect(
                error?.description == "cannot listen on 127.0.0.1:\(server.port): Address already in use; "
                    + "stop what listens there or choose another port with --port")
        }
    }

    @Test("a server whose warm-up fails never says SERVING and ends with the reason")
    func warmUpFails() async throws {
        struct ColdEngine: Error {}
        let authority = try TestAuthority()
        let server = try TierServer(
            ServerConfiguration(
                port: 0, metricsPort: 0, tls: authority.configuration(try authority.issue("server")),
                authorization: CallerAuthorization(acceptedNames: [])),
            services: [TestTier()], logger: testLogger)
        await #expect(throws: ColdEngine.self) { try await server.run(signals: []) { throw ColdEngine() } }
        #expect(server.health.status(of: "") == .notServing)
    }
}
