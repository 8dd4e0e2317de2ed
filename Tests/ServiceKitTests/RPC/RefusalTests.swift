import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Testing
import TocsinCore
import WireMessages

@testable import ServiceKit

@Suite("Callers that are refused")
struct RefusalTests {
    @Test("a caller without a certificate gets no connection")
    func noCertificate() async throws {
        try await TestServer.run { server in
            try await expectNoConnection(to: server, tls: server.authority.configuration(nil))
        }
    }

    @Test("a caller with a certificate of another authority gets no connection")
    func otherAuthority() async throws {
        let other = try TestAuthority("Another authority")
        var tls = other.configuration(try other.issue("edge", subjectAlternativeName: "URI:spiffe://tocsin/edge"))
        try await TestServer.run { server in
            tls.trustRoots = server.authority.trustRoots
            try await expectNoConnection(to: server, tls: tls)
        }
    }

    @Test("a server of another authority is refused by the caller")
    func otherServer() async throws {
        let other = try TestAuthority("Another authority")
        try await TestServer.run { server in
            var tls = server.authority.configuration(try server.authority.issue("edge"))
            tls.trustRoots = other.trustRoots
            try await expectNoConnection(to: server, tls: tls)
        }
    }

    @Test("a server with another name than expected is refused by the caller")
    func otherName() async throws {
        try await TestServer.run { server in
            let tls = server.authority.configuration(try server.authority.issue("edge"))
            try await expectNoConnection(to: server, tls: tls, serverName: "parser.tocsin.internal")
        }
    }

    private func expectNoConnection(
        to server: TestServer, tls: TLSConfiguration, serverName: String = "tier.test"
    ) async throws {
        try await TestClient.run(ports: [server.port], tls: tls, serverName: serverName, attempts: 2) { client in
            let error = await #expect(throws: RPCError.self) {
                _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
            }
            #expect(error?.code == .unavailable)
        }
    }

    @Test("a caller that the tier does not accept is refused, but may ask for its health")
    func wrongName() async throws {
        try await TestServer.run(acceptedNames: ["spiffe://tocsin/edge"]) { server in
            try await server.withClient("URI:spiffe://tocsin/parser,DNS:parser.tocsin.internal") { client in
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
                }
                #expect(error?.code == .permissionDenied)
                #expect(error?.message.contains("spiffe://tocsin/parser") == true)
                let health = try await client.unary(.check, HealthCheckRequest())
                #expect(health.status == .serving)
            }
            try await server.withClient { client in
                _ = try await client.unary(.embed, EmbedBatch(texts: ["x"]))
            }
        }
    }

    @Test(
        "names are accepted whole and exactly",
        arguments: [
            (["edge.test"], true), (["*"], true), ([], true), (["EDGE.test"], false), (["edge"], false),
            (["spiffe://tocsin/edge/x", "spiffe://tocsin/edg"], false), (["other", "spiffe://tocsin/edge"], true),
        ])
    func authorization(accepted: [String], expected: Bool) {
        let peer = PeerIdentity(
            subject: "CN=spiffe://tocsin/edg", dnsNames: ["edge.test"], uris: ["spiffe://tocsin/edge"],
            tlsVersion: "TLSv1.3", cipher: "")
        let authorization = CallerAuthorization(acceptedNames: accepted)
        #expect(((try? authorization.check(peer)) != nil) == expected)
    }

    @Test("nobody is accepted where names are asked for and none was proved")
    func nobody() {
        #expect(throws: RPCError.self) { try CallerAuthorization(acceptedNames: ["edge.test"]).check(nil) }
    }

    @Test(
        "bytes that are no message are INVALID_ARGUMENT with the reason",
        arguments: [
            [0x0a, 0xff], [0x0a, 0x05, 0x01], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x08, 0x01],
        ] as [[UInt8]])
    func malformed(bytes: [UInt8]) async throws {
        try await TestServer.run { server in
            let identity = try server.authority.issue("edge")
            let credentials = try TLSCredentials(
                configuration: server.authority.configuration(identity), role: .client)
            let transport = try HTTP2ClientTransport.Posix.tierTransport(
                to: Replicas.Address(host: "127.0.0.1", port: server.port),
                TierClientConfiguration(
                    tier: "test", replicas: Replicas([("127.0.0.1", server.port)]), serverName: "tier.test"),
                credentials: credentials, logger: testLogger)
            try await withGRPCClient(transport: transport) { client in
                let error = await #expect(throws: RPCError.self) {
                    try await client.unary(
                        request: ClientRequest(message: bytes),
                        descriptor: MethodDescriptor(.embed, type: .unary), serializer: RawBytes(),
                        deserializer: WireDeserializer<EmbeddedBatch>(failure: .internalError), options: .defaults
                    ) { _ = try $0.message }
                }
                #expect(error?.code == .invalidArgument)
                #expect(error?.message.contains("tocsin.embedding.v1.EmbedRequest") == true)
            }
        }
    }
}

private struct RawBytes: MessageSerializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }
}
