import GRPCCore
import Testing
import WireMessages

@testable import ServiceKit

@Suite("Health")
struct HealthServiceTests {
    @Test("the server and each of its services can be checked")
    func check() async throws {
        try await TestServer.run { server in
            try await server.withClient { client in
                for service in ["", WireService.embedding] {
                    let answer = try await client.unary(.check, HealthCheckRequest(service: service))
                    #expect(answer.status == .serving)
                }
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.unary(.check, HealthCheckRequest(service: "no.such.Service"))
                }
                #expect(error?.code == .notFound)
            }
        }
    }

    @Test("who watches is told of every change, and of the end of a drain")
    func watch() async throws {
        try await TestServer.run(drainDelay: .milliseconds(200)) { server in
            try await server.withClient { client in
                let seen = Collected<HealthCheckResponse.Status>()
                let (health, drain) = (server.server.health, server.drain)
                let error = await #expect(throws: RPCError.self) {
                    try await client.watchHealth(of: WireService.embedding) { status in
                        seen.append(status)
                        switch seen.count {
                        case 1: health.set(isServing: false)
                        case 2: health.set(isServing: true)
                        default: await drain()
                        }
                    }
                }
                #expect(error?.code == .unavailable)
                #expect(seen.elements == [.serving, .notServing, .serving, .notServing])
            }
        }
    }

    @Test("a watch of a service that is not there says so and goes on")
    func watchUnknown() async throws {
        try await TestServer.run { server in
            try await server.withClient { client in
                let seen = Collected<HealthCheckResponse.Status>()
                let drain = server.drain
                await #expect(throws: RPCError.self) {
                    try await client.watchHealth(of: "no.such.Service") { status in
                        seen.append(status)
                        await drain()
                    }
                }
                #expect(seen.elements == [.serviceUnknown])
            }
        }
    }

    @Test("a watcher that goes away is forgotten")
    func watcherLeaves() async throws {
        try await TestServer.run { server in
            try await server.withClient { client in
                await #expect(throws: (any Error).self) {
                    try await client.watchHealth(of: "") { _ in throw CancellationError() }
                }
                try await eventually("nobody watches") { server.server.health.watcherCount == 0 }
            }
        }
    }

    @Test("once it drains a server never says SERVING again")
    func drainIsFinal() async {
        let health = HealthStatus(services: ["a"])
        health.set(isServing: true)
        health.drain()
        health.set(isServing: true)
        #expect(health.status(of: "a") == .notServing)
        #expect(health.status(of: "") == .notServing)
        health.end()
        var seen: [HealthCheckResponse.Status] = []
        for await status in health.changes(of: "a") { seen.append(status) }
        #expect(seen == [.notServing])
    }
}

extension TierClient {
    fileprivate func watchHealth(
        of service: String, _ change: @escaping @Sendable (HealthCheckResponse.Status) async throws -> Void
    ) async throws {
        try await stream(.watch) {
            try await $0.write(HealthCheckRequest(service: service))
        } responses: { (answers: RPCAsyncSequence<HealthCheckResponse, any Error>) in
            for try await answer in answers { try await change(answer.status) }
        }
    }
}
