import NIOCore
import ServiceKit
import Testing

@Suite("TLS handler over loopback sockets")
struct TLSHandlerTests {
    @Test("both ends authenticate each other and exchange data")
    func exchange() async throws {
        let authority = try TestAuthority()
        let server = try authority.configuration(authority.issue("server"))
        let client = try authority.configuration(
            authority.issue("edge", subjectAlternativeName: "DNS:edge,IP:10.0.0.7,IP:fd00::7,URI:spiffe://tocsin/edge"))
        let loopback = try await Loopback.connect(server: .tls(server, .server), client: .tls(client, .client))
        try #require(try await loopback.handshake())
        #expect(
            loopback.server.identity
                == PeerIdentity(
                    subject: "CN=edge,O=Tocsin tests", dnsNames: ["edge"], ipAddresses: ["10.0.0.7", "fd00::7"],
                    uris: ["spiffe://tocsin/edge"], applicationProtocol: "h2", tlsVersion: "TLSv1.3",
                    cipher: "TLS_AES_256_GCM_SHA384"))
        #expect(loopback.client.identity?.subject == "CN=server,O=Tocsin tests")

        try await loopback.client.send("question")
        #expect(try await eventually { loopback.server.log.received == ByteBuffer(string: "question") })
        try await loopback.server.send("answer")
        #expect(try await eventually { loopback.client.log.received == ByteBuffer(string: "answer") })

        try await loopback.client.channel.close()
        #expect(try await eventually { loopback.server.log.isInactive && loopback.client.log.isInactive })
        #expect(loopback.server.log.errors.isEmpty && loopback.client.log.errors.isEmpty)
        try await loopback.close()
    }

    @Test("a message of 32 MiB arrives whole and in order, both ways", arguments: [1, 7, 3 << 20])
    func largeMessage(pieceSize: Int) async throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("both"))
        let loopback = try await Loopback.connect(
            server: .tls(configuration, .server), client: .tls(configuration, .client))
        let message = ByteBuffer(
            bytes: (0..<32 << 20).lazy.map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
        for (sender, receiver) in [(loopback.client, loopback.server), (loopback.server, loopback.client)] {
            var rest = message
            // Pieces of odd sizes first, then the whole rest in one write.
            for _ in 0..<3 { sender.channel.write(rest.readSlice(length: pieceSize)!, promise: nil) }
            try await sender.channel.writeAndFlush(rest)
            #expect(try await eventually(within: 30) { receiver.log.receivedBytes == message.readableBytes })
            #expect(receiver.log.received == message)
        }
        try await loopback.close()
    }
}
