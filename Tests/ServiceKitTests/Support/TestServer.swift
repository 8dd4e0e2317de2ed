import GRPCCore
import Logging
import ServiceLifecycle
import TocsinCore
import WireMessages

@testable import ServiceKit

/// A whole server on free ports of the loopback, over mutual TLS.
struct TestServer {
    let server: TierServer
    let port: Int
    /// Of the clients and, unless a test says otherwise, of this server.
    let authority: TestAuthority
    /// What SIGTERM does.
    let drain: @Sendable () async -> Void

    /// Runs a server while `body` does, and ends it gracefully afterwards.
    static func run<Result>(
        _ services: [any RegistrableRPCService] = [TestTier()], authority: TestAuthority? = nil, port: Int = 0,
        acceptedNames: [String] = [], gracePeriod: Duration = .seconds(10), drainDelay: Duration = .zero,
        logger: Logger = testLogger, _ body: (TestServer) async throws -> Result
    ) async throws -> Result {
        let authority = try authority ?? TestAuthority()
        let identity = try authority.issue("server", subjectAlternativeName: "DNS:tier.test,DNS:localhost,IP:127.0.0.1")
        let server = try TierServer(
            ServerConfiguration(
                port: port, metricsPort: 0, tls: authority.configuration(identity),
                authorization: CallerAuthorization(acceptedNames: acceptedNames), gracePeriod: gracePeriod,
                drainDelay: drainDelay),
            services: services, logger: logger)
        let group = ServiceGroup(
            services: [ClosureService { try await server.run(signals: []) }], logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            guard let port = await server.port else {
                try await tasks.waitForAll()
                throw RPCError(code: .unavailable, message: "the test server does not listen")
            }
            for await status in server.health.changes(of: "") where status == .serving { break }
            let result = try await body(
                TestServer(server: server, port: port, authority: authority) { await group.triggerGracefulShutdown() })
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }
}

extension TestServer {
    /// Runs a client of this server, with a certificate of its own, while `body` does.
    func withClient<Result>(
        _ names: String = "URI:spiffe://tocsin/edge,DNS:edge.test", timeout: Duration = .seconds(20),
        _ body: (TierClient) async throws -> Result
    ) async throws -> Result {
        let identity = try authority.issue("client-\(Int.random(in: 0..<1_000_000_000))", subjectAlternativeName: names)
        return try await TestClient.run(
            ports: [port], tls: authority.configuration(identity), timeout: timeout, body)
    }
}

enum TestClient {
    static func run<Result>(
        ports: [Int], tls: TLSConfiguration, serverName: String = "tier.test", timeout: Duration = .seconds(20),
        attempts: Int = 4, _ body: (TierClient) async throws -> Result
    ) async throws -> Result {
        let client = try TierClient(
            TierClientConfiguration(
                tier: "test", replicas: Replicas(ports.map { ("127.0.0.1", $0) }), serverName: serverName,
                timeout: timeout, attempts: attempts),
            credentials: try TLSCredentials(configuration: tls, role: .client), logger: testLogger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await client.run() }
            let result = try await body(client)
            client.shutDown()
            try await tasks.waitForAll()
            return result
        }
    }
}

/// Waits until `condition` holds, or fails after half a minute: machines may be busy.
func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(30)
    while try await !condition() {
        guard ContinuousClock.now < end else { throw NeverHappened(what: what) }
        try await Task.sleep(for: .milliseconds(5))
    }
}

struct NeverHappened: Error, CustomStringConvertible {
    let what: String
    var description: String { "within half a minute it did not happen that \(what)" }
}
