import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Pipeline
import Synchronization
import Testing
import TocsinCore
import WireMessages

@testable import ServiceKit

@Suite("Replicas and retries")
struct ReplicaTests {
    @Test("a call that ends in UNAVAILABLE is tried again")
    func retriesUnavailable() async throws {
        let tries = Collected<Void>()
        let tier = TestTier { batch in
            tries.append(())
            guard tries.count > 2 else { throw RPCError(code: .unavailable, message: "not yet") }
            return TestTier.answer(batch)
        }
        try await TestServer.run([tier]) { server in
            try await server.withClient { client in
                _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
            }
        }
        #expect(tries.count == 3)
    }

    @Test("a call that an overloaded tier asks to repeat is tried again, and not before the time it says")
    func retriesAfterPushback() async throws {
        let tries = Collected<ContinuousClock.Instant>()
        let tier = TestTier { batch in
            tries.append(.now)
            guard tries.count > 1 else {
                throw TierError.overloaded(tier: "embedding", reason: "full", retryAfter: .milliseconds(300))
            }
            return TestTier.answer(batch)
        }
        try await TestServer.run([tier]) { server in
            try await server.withClient { client in
                _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
            }
        }
        #expect(tries.count == 2)
        #expect(tries.elements[0].duration(to: tries.elements[1]) >= .milliseconds(300))
    }

    @Test(
        "no other failure is tried again",
        arguments: [
            RPCError.Code.internalError, .invalidArgument, .resourceExhausted, .deadlineExceeded, .aborted, .unknown,
        ])
    func retriesNothingElse(code: RPCError.Code) async throws {
        let tries = Collected<Void>()
        let tier = TestTier { _ in
            tries.append(())
            throw RPCError(code: code, message: "no")
        }
        try await TestServer.run([tier]) { server in
            try await server.withClient { client in
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                }
                #expect(error?.code == code)
            }
        }
        #expect(tries.count == 1)
    }

    @Test("a tier that stays away is UNAVAILABLE after a few tries")
    func away() async throws {
        let authority = try TestAuthority()
        // A port that was free a moment ago.
        let port = try await TestServer.run(authority: authority) { $0.port }
        let tls = authority.configuration(try authority.issue("edge"))
        try await TestClient.run(ports: [port], tls: tls) { client in
            let start = ContinuousClock.now
            let error = await #expect(throws: RPCError.self) {
                _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
            }
            #expect(error?.code == .unavailable)
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }

    @Test("all replicas get calls, and no call fails when one of them leaves")
    func replicaLeaves() async throws {
        let authority = try TestAuthority()
        let tls = authority.configuration(try authority.issue("edge"))
        let first = TestTier { TestTier.answer($0, replica: "first") }
        let second = TestTier { TestTier.answer($0, replica: "second") }
        try await TestServer.run([first], authority: authority) { one in
            try await TestServer.run([second], authority: authority) { two in
                try await TestClient.run(ports: [one.port, two.port], tls: tls) { client in
                    var answered: [String: Int] = [:]
                    try await eventually("both replicas answer") {
                        let answer = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                        answered[answer.encoderSHA256, default: 0] += 1
                        return answered.count == 2
                    }
                    try await withThrowingTaskGroup(of: Void.self) { tasks in
                        for _ in 0..<8 {
                            tasks.addTask {
                                for _ in 0..<50 { _ = try await client.unary(.embed, EmbedBatch(texts: ["x"])) }
                            }
                        }
                        await two.drain()
                        try await tasks.waitForAll()
                    }
                    let last = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                    #expect(last.encoderSHA256 == "first")
                }
            }
        }
    }

    @Test("a call goes to another replica at once where one fails, which is then left alone and later tried again")
    func failingReplica() async throws {
        let authority = try TestAuthority()
        let tls = authority.configuration(try authority.issue("edge"))
        let isIll = Mutex(true)
        let asked = Collected<Void>()
        let ill = TestTier { batch in
            asked.append(())
            if isIll.withLock(\.self) { throw RPCError(code: .unavailable, message: "ill") }
            return TestTier.answer(batch, replica: "ill")
        }
        let well = TestTier { TestTier.answer($0, replica: "well") }
        try await TestServer.run([ill], authority: authority) { one in
            try await TestServer.run([well], authority: authority) { two in
                try await TestClient.run(ports: [one.port, two.port], tls: tls) { client in
                    for _ in 0..<60 {
                        let answer = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                        #expect(answer.encoderSHA256 == "well")
                    }
                    #expect(asked.count < 10, "a replica that keeps failing is called now and then")
                    #expect(client.replicaStatus.count { $0.isLeftAlone } == 1)
                    let asleep = asked.count
                    #expect(await client.askEach() == [two.port: "well"])
                    #expect(asked.count == asleep, "a replica that is left alone is not asked")
                    isIll.withLock { $0 = false }
                    try await eventually("it is called again once it is well") {
                        try await client.unary(.embed, EmbedBatch(texts: ["x"])).encoderSHA256 == "ill"
                    }
                    #expect(client.replicaStatus.allSatisfy { !$0.isLeftAlone && $0.callsUnderWay == 0 })
                    #expect(await client.askEach() == [one.port: "ill", two.port: "well"])
                    isIll.withLock { $0 = true }
                    #expect(await client.askEach() == [two.port: "well"], "a replica that fails has no answer")
                }
            }
        }
    }

    @Test("a replica that hangs holds no call up for long, and gets few")
    func hangingReplica() async throws {
        let authority = try TestAuthority()
        let tls = authority.configuration(try authority.issue("edge"))
        let asked = Collected<Void>()
        let hanging = TestTier { batch in
            asked.append(())
            try await Task.sleep(for: .seconds(60))
            return TestTier.answer(batch)
        }
        let well = TestTier { TestTier.answer($0, replica: "well") }
        try await TestServer.run([hanging], authority: authority) { one in
            try await TestServer.run([well], authority: authority) { two in
                try await TestClient.run(ports: [one.port, two.port], tls: tls) { client in
                    let start = ContinuousClock.now
                    try await withThrowingTaskGroup(of: Void.self) { tasks in
                        for _ in 0..<8 {
                            tasks.addTask {
                                for _ in 0..<20 {
                                    let answer = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                                    #expect(answer.encoderSHA256 == "well")
                                }
                            }
                        }
                        try await tasks.waitForAll()
                    }
                    #expect(ContinuousClock.now - start < .seconds(20))
                    #expect(asked.count <= 12, "160 calls were made")
                }
            }
        }
    }

    @Test("a client finds its server again after a restart")
    func reconnect() async throws {
        let authority = try TestAuthority()
        let tls = authority.configuration(try authority.issue("edge"))
        let port = try await TestServer.run(authority: authority) { $0.port }
        try await TestClient.run(ports: [port], tls: tls, attempts: 12) { client in
            for _ in 0..<2 {
                try await TestServer.run(authority: authority, port: port) { _ in
                    _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                }
            }
        }
    }

    @Test(
        "lists of addresses are read",
        arguments: [
            ("127.0.0.1:50051", ["127.0.0.1 50051"]), ("a:1, b.example:2", ["a 1", "b.example 2"]),
            ("[::1]:5", ["::1 5"]),
        ])
    func replicas(text: String, expected: [String]) {
        #expect(Replicas(text)?.addresses.map { "\($0.host) \($0.port)" } == expected)
    }

    @Test(
        "what is no list of addresses is refused",
        arguments: [
            "", "host", "host:", ":5", "host:0", "host:65536", "host:x", "::1:5", "a:1,", "a:1,,b:2", "[]:5",
        ])
    func noReplicas(text: String) { #expect(Replicas(text) == nil) }

    @Test("a name stands for its addresses, of one family only")
    func lookUp() async throws {
        let addresses = try await HostLookup.addresses(of: "localhost", port: 7)
        #expect(addresses.contains(.ipv4(host: "127.0.0.1", port: 7)))
        #expect(addresses.allSatisfy { $0.ipv4 != nil })
        #expect(try await HostLookup.addresses(of: "::1", port: 7) == [.ipv6(host: "::1", port: 7)])
    }

    @Test("a name that nobody knows is UNAVAILABLE and named")
    func unknownHost() async throws {
        let error = await #expect(throws: RPCError.self) {
            _ = try await HostLookup.addresses(of: "no-such-host.invalid", port: 7)
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("no-such-host.invalid") == true)
    }
}

extension TierClient {
    /// The name of each replica by its port.
    fileprivate func askEach() async -> [Int: String] {
        let answers = await unaryOnConnectedReplicas(.embed, EmbedBatch(texts: ["x"]))
        return Dictionary(uniqueKeysWithValues: answers.map { ($0.port, $1.encoderSHA256) })
    }
}
