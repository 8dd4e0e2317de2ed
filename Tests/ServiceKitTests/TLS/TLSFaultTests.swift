import NIOCore
import ServiceKit
import Testing

@Suite("Faults of the TLS handshake")
struct TLSFaultTests {
    /// The errors of both ends once both have ended; the client first.
    private func outcome(_ loopback: Loopback) async throws -> (client: [TLSError], server: [TLSError]) {
        #expect(try await eventually { loopback.server.log.isInactive && loopback.client.log.isInactive })
        defer { #expect(loopback.server.log.receivedBytes == 0) }
        let errors = (loopback.client.log.errors, loopback.server.log.errors)
        try await loopback.close()
        return errors
    }

    private func alert(_ errors: [TLSError]) -> String? {
        if case .alertReceived(let alert) = errors.first { alert } else { nil }
    }

    private func refusal(_ errors: [TLSError]) -> (code: Int, expectedName: String?)? {
        if case .peerCertificateRefused(_, let code, _, let expectedName) = errors.first {
            (code, expectedName)
        } else {
            nil
        }
    }

    @Test("a client without a certificate is refused and told so")
    func noCertificate() async throws {
        let authority = try TestAuthority()
        let loopback = try await Loopback.connect(
            server: .tls(authority.configuration(authority.issue("server")), .server),
            client: .tls(authority.configuration(nil), .client))
        let errors = try await outcome(loopback)
        #expect(errors.server == [.noPeerCertificate])
        #expect(alert(errors.client) == "certificate required")
        #expect(!loopback.server.log.isHandshakeCompleted)
    }

    @Test("a server that asks for no certificate serves a client without one")
    func certificateNotRequired() async throws {
        let authority = try TestAuthority()
        var server = try authority.configuration(authority.issue("server"))
        server.requiresPeerCertificate = false
        server.trustRoots = nil
        let loopback = try await Loopback.connect(
            server: .tls(server, .server), client: .tls(authority.configuration(nil), .client))
        #expect(try await loopback.handshake())
        #expect(loopback.server.identity?.isAuthenticated == false)
        #expect(loopback.client.identity?.isAuthenticated == true)
        try await loopback.close()
    }

    @Test("a client certificate of another authority is refused")
    func wrongClientAuthority() async throws {
        let authority = try TestAuthority()
        let other = try TestAuthority("Another authority")
        let stranger = try other.issue("edge")
        let loopback = try await Loopback.connect(
            server: .tls(authority.configuration(authority.issue("server")), .server),
            client: .tls(authority.configuration(stranger), .client))
        let errors = try await outcome(loopback)
        #expect(refusal(errors.server)?.code == 20)  // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
        #expect(alert(errors.client) == "unknown ca")
    }

    @Test("a server certificate of another authority, even one of the same name, is refused")
    func wrongServerAuthority() async throws {
        let authority = try TestAuthority()
        let impostor = try TestAuthority()
        let loopback = try await Loopback.connect(
            server: .tls(impostor.configuration(impostor.issue("server")), .server),
            client: .tls(authority.configuration(authority.issue("client")), .client))
        let errors = try await outcome(loopback)
        #expect(refusal(errors.client) != nil)
        #expect(alert(errors.server) != nil)
        #expect(!loopback.client.log.isHandshakeCompleted)
    }

    @Test(
        "an expired client certificate is refused, as is one from the future",
        arguments: [
            (-7200 ... -3600, 10),  // X509_V_ERR_CERT_HAS_EXPIRED
            (3600...7200, 9),  // X509_V_ERR_CERT_NOT_YET_VALID
        ])
    func expiredClient(validity: ClosedRange<Int>, code: Int) async throws {
        let authority = try TestAuthority()
        let loopback = try await Loopback.connect(
            server: .tls(authority.configuration(authority.issue("server")), .server),
            client: .tls(authority.configuration(authority.issue("edge", validity: validity)), .client))
        let errors = try await outcome(loopback)
        #expect(refusal(errors.server)?.code == code)
        #expect(alert(errors.client) != nil)
    }

    @Test("an expired server certificate is refused")
    func expiredServer() async throws {
        let authority = try TestAuthority()
        let loopback = try await Loopback.connect(
            server: .tls(authority.configuration(authority.issue("server", validity: -7200 ... -3600)), .server),
            client: .tls(authority.configuration(authority.issue("client")), .client))
        let errors = try await outcome(loopback)
        #expect(refusal(errors.client)?.code == 10)
        #expect(alert(errors.server) == "certificate expired")
    }

    @Test(
        "a certificate for another name or address is refused, the common name never helps",
        arguments: [
            ("parser", "DNS:classifier", 62), ("127.0.0.1", "IP:10.0.0.1", 64), ("127.0.0.1", "DNS:127.0.0.1", 64),
            ("server", nil, 62), ("a.b.tocsin.test", "DNS:*.tocsin.test", 62), ("::1", "IP:127.0.0.1", 64),
        ])
    func wrongName(name: String, subjectAlternativeName: String?, code: Int) async throws {
        let authority = try TestAuthority()
        let identity = try authority.issue("server", subjectAlternativeName: subjectAlternativeName)
        let loopback = try await Loopback.connect(
            server: .tls(authority.configuration(identity), .server),
            client: .tls(authority.configuration(authority.issue("client")), .client), serverName: name)
        let errors = try await outcome(loopback)
        #expect(refusal(errors.client)?.code == code)
        #expect(refusal(errors.client)?.expectedName == name)
    }

    @Test(
        "a certificate for the name or address is accepted",
        arguments: [
            ("classifier", "DNS:parser,DNS:classifier"), ("127.0.0.1", "IP:127.0.0.1"), ("::1", "IP:0::1"),
            ("Classifier.tocsin.test.", "DNS:*.tocsin.test"),
        ])
    func rightName(name: String, subjectAlternativeName: String) async throws {
        let authority = try TestAuthority()
        let identity = try authority.issue("server", subjectAlternativeName: subjectAlternativeName)
        let loopback = try await Loopback.connect(
            server: .tls(authority.configuration(identity), .server),
            client: .tls(authority.configuration(authority.issue("client")), .client), serverName: name)
        #expect(try await loopback.handshake(), "\(loopback.errors)")
        try await loopback.close()
    }

    @Test("a client that shares no application protocol is refused and told so", arguments: [[], ["http/1.1"]])
    func noCommonProtocol(offered: [String]) async throws {
        let authority = try TestAuthority()
        let identity = try authority.issue("both")
        let loopback = try await Loopback.connect(
            server: .tls(authority.configuration(identity), .server),
            client: .tls(authority.configuration(identity, applicationProtocols: offered), .client))
        let errors = try await outcome(loopback)
        #expect(errors.server == [.noCommonApplicationProtocol(expected: ["h2"])])
        #expect(alert(errors.client) == "no application protocol")
    }

    @Test("a client refuses a server that speaks no ALPN")
    func serverWithoutProtocol() async throws {
        let authority = try TestAuthority()
        let identity = try authority.issue("both")
        let loopback = try await Loopback.connect(
            server: .tls(authority.configuration(identity, applicationProtocols: []), .server),
            client: .tls(authority.configuration(identity), .client))
        let errors = try await outcome(loopback)
        #expect(errors.client == [.noCommonApplicationProtocol(expected: ["h2"])])
    }

    @Test("where the protocol is optional, a client without ALPN is served")
    func optionalProtocol() async throws {
        let authority = try TestAuthority()
        let identity = try authority.issue("both")
        var server = authority.configuration(identity, applicationProtocols: ["http/1.1"])
        server.requiresApplicationProtocol = false
        let loopback = try await Loopback.connect(
            server: .tls(server, .server),
            client: .tls(authority.configuration(identity, applicationProtocols: []), .client))
        #expect(try await loopback.handshake())
        #expect(loopback.server.identity?.applicationProtocol == nil)
        try await loopback.close()
    }

    @Test(
        "a peer that speaks plaintext is named as such",
        arguments: [
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
        ])
    func plaintextPeer(greeting: String) async throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("both"))
        let toServer = try await Loopback.connect(server: .tls(configuration, .server), client: .plain)
        try await toServer.client.send(greeting)
        #expect(try await eventually { !toServer.server.log.errors.isEmpty })
        expectNoTLS(toServer.server)
        try await toServer.close()

        let toClient = try await Loopback.connect(server: .plain, client: .tls(configuration, .client))
        try await toClient.server.send(greeting)
        #expect(try await eventually { !toClient.client.log.errors.isEmpty })
        expectNoTLS(toClient.client)
        try await toClient.close()
    }

    private func expectNoTLS(_ peer: LoopbackPeer) {
        guard case .peerDoesNotSpeakTLS = peer.log.errors.first, peer.log.errors.count == 1 else {
            Issue.record("errors are \(peer.log.errors)")
            return
        }
    }

    @Test(
        "garbage in place of a handshake ends the connection with one error",
        arguments: [
            [0x16, 0x03, 0x01, 0x00, 0x10] + Array(repeating: 0xff, count: 16),  // a record with no handshake in it
            [0x16, 0x03, 0x01, 0xff, 0xff] + Array(repeating: 0, count: 70_000),  // a record longer than allowed
            [0x17, 0x03, 0x03, 0x00, 0x05, 1, 2, 3, 4, 5],  // data before any handshake
            Array(repeating: 0, count: 5000), Array(repeating: 0x80, count: 5000),
            [0x16, 0x03, 0x01, 0x00, 0x04, 0x01, 0x00, 0x00, 0x00],  // an empty ClientHello
        ] as [[UInt8]])
    func garbage(bytes: [UInt8]) async throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("server"))
        let loopback = try await Loopback.connect(server: .tls(configuration, .server), client: .plain)
        try await loopback.client.channel.writeAndFlush(ByteBuffer(bytes: bytes))
        #expect(try await eventually { loopback.server.log.isInactive || !loopback.server.log.errors.isEmpty })
        #expect(try await eventually { loopback.client.log.isInactive })
        #expect(loopback.server.log.errors.count == 1)
        try await loopback.close()
    }

    @Test("a handshake that stalls is ended after its time", arguments: [true, false])
    func stalledHandshake(isServer: Bool) async throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("both"))
        var limits = TLSHandler.Limits()
        limits.handshakeTimeout = .milliseconds(150)
        let loopback = try await Loopback.connect(
            server: isServer ? .tls(configuration, .server, limits: limits) : .plain,
            client: isServer ? .plain : .tls(configuration, .client, limits: limits))
        let peer = isServer ? loopback.server : loopback.client
        #expect(try await eventually { peer.log.isInactive })
        #expect(peer.log.errors == [.handshakeTimedOut(seconds: 0.15)])
        try await loopback.close()
    }

    @Test("a connection closed in the midst of the handshake says so, and held writes fail")
    func closedInHandshake() async throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("client"))
        let loopback = try await Loopback.connect(server: .plain, client: .tls(configuration, .client))
        let held = loopback.client.start(ByteBuffer(string: "held"))
        // The write is held before the connection closes, not refused after.
        try await loopback.client.channel.eventLoop.submit {}.get()
        try await loopback.server.channel.close()
        await #expect(throws: TLSError.closedInHandshake) { try await held.get() }
        #expect(try await eventually { loopback.client.log.isInactive })
        #expect(loopback.client.log.errors == [.closedInHandshake])
        try await loopback.close()
    }
}
