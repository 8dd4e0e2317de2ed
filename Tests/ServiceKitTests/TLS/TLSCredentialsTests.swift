import COpenSSL
import Foundation
import Logging
import ServiceKit
import ServiceLifecycle
import Testing

@Suite("TLS files and their renewal")
struct TLSCredentialsTests {
    private func error(_ configuration: TLSConfiguration, _ role: TLSRole = .server) -> TLSError? {
        #expect(throws: TLSError.self) { try TLSContext(configuration: configuration, role: role) }
    }

    private func unusable(_ error: TLSError?) -> (path: String, role: String)? {
        guard case .unusableFile(let path, let role, let reasons) = error, !reasons.isEmpty else { return nil }
        return (path, role)
    }

    @Test("a missing file is named, with OpenSSL's reason")
    func missingFile() throws {
        let authority = try TestAuthority()
        let good = try authority.configuration(authority.issue("server"))
        var wrong = good
        wrong.certificateChain = "/nowhere/chain.pem"
        #expect(unusable(error(wrong))?.path == "/nowhere/chain.pem")
        #expect(error(wrong)?.description.contains("/nowhere/chain.pem") == true)
        #expect(error(wrong)?.description.contains("No such file") == true)
        wrong = good
        wrong.privateKey = "/nowhere/key.pem"
        #expect(unusable(error(wrong))?.role == "private key")
        wrong = good
        wrong.trustRoots = "/nowhere/roots.pem"
        #expect(unusable(error(wrong))?.role == "trust roots")
    }

    @Test(
        "a file that is no PEM, is cut short or is of the wrong kind is named",
        arguments: [
            "", "not PEM at all", "-----BEGIN CERTIFICATE-----\nMIIB",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "\0\0\0\0",
        ])
    func malformedFile(content: String) throws {
        let authority = try TestAuthority()
        let good = try authority.configuration(authority.issue("server"))
        let path = authority.directory.appending(path: "malformed.pem").path
        try content.write(toFile: path, atomically: true, encoding: .utf8)
        for (role, keyPath) in [
            ("certificate chain", \TLSConfiguration.certificateChain), ("private key", \.privateKey),
            ("trust roots", \.trustRoots),
        ] {
            var wrong = good
            wrong[keyPath: keyPath] = path
            let found = unusable(error(wrong))
            #expect(found?.path == path)
            #expect(found?.role == role)
        }
    }

    @Test("a key of another certificate is told apart from a broken key")
    func mismatch() throws {
        let authority = try TestAuthority()
        var configuration = try authority.configuration(authority.issue("server"))
        configuration.privateKey = try authority.issue("other").privateKey
        guard case .keyDoesNotMatch(let chain, let key, _) = error(configuration) else {
            Issue.record("not told apart")
            return
        }
        #expect(chain == configuration.certificateChain && key == configuration.privateKey)
    }

    @Test("a key behind a pass phrase is refused, not asked for")
    func encryptedKey() throws {
        let authority = try TestAuthority()
        var configuration = try authority.configuration(authority.issue("server"))
        configuration.privateKey = try authority.encrypt(key: configuration.privateKey!, passPhrase: "secret")
        #expect(unusable(error(configuration))?.role == "private key")
    }

    @Test("a configuration that contradicts itself is refused before a file is opened")
    func contradictions() {
        let missingKey = TLSConfiguration(certificateChain: "/nowhere")
        let noCertificate = TLSConfiguration(trustRoots: "/nowhere")
        let noRoots = TLSConfiguration(certificateChain: "/nowhere", privateKey: "/nowhere")
        let longName = TLSConfiguration(
            certificateChain: "/nowhere", privateKey: "/nowhere", trustRoots: "/nowhere",
            applicationProtocols: [String(repeating: "x", count: 256)])
        for configuration in [missingKey, noCertificate, noRoots, longName] {
            guard case .invalidConfiguration = error(configuration) else {
                Issue.record("accepted: \(configuration)")
                continue
            }
        }
    }

    @Test("renewed files serve new connections, open ones stay")
    func reload() async throws {
        let authority = try TestAuthority()
        let client = try authority.configuration(authority.issue("client"))
        let configuration = try authority.configuration(
            authority.issue("server", subjectAlternativeName: "DNS:localhost,DNS:first"))
        let credentials = try TLSCredentials(configuration: configuration, role: .server)
        let before = try await Loopback.connect(
            server: .init(context: credentials.current), client: .tls(client, .client))
        try #require(try await before.handshake())

        _ = try authority.issue("server", subjectAlternativeName: "DNS:localhost,DNS:second")
        try credentials.reload()
        let after = try await Loopback.connect(
            server: .init(context: credentials.current), client: .tls(client, .client))
        try #require(try await after.handshake())
        #expect(before.client.identity?.dnsNames == ["localhost", "first"])
        #expect(after.client.identity?.dnsNames == ["localhost", "second"])
        try await before.client.send("still here")
        #expect(try await eventually { before.server.log.receivedBytes == 10 })
        try await before.close()
        try await after.close()
    }

    @Test("wrong files are refused and the old context stays in use")
    func reloadRefused() throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("server"))
        let credentials = try TLSCredentials(configuration: configuration, role: .server)
        let old = credentials.current
        try "broken".write(toFile: configuration.certificateChain!, atomically: true, encoding: .utf8)
        #expect(throws: TLSError.self) { try credentials.reload() }
        #expect(credentials.current === old)
        #expect(try credentials.reloadIfChanged() == false, "the same failure is not met twice")
        _ = try authority.issue("server")
        #expect(try credentials.reloadIfChanged())
        #expect(credentials.current !== old)
        #expect(try credentials.reloadIfChanged() == false)
    }

    @Test("the watcher renews what changed and ends with graceful shutdown")
    func watcher() async throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("server"))
        let credentials = try TLSCredentials(configuration: configuration, role: .server)
        let old = credentials.current
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let group = ServiceGroup(
            services: [
                TLSCredentialsWatcher(credentials: [credentials], interval: .milliseconds(10), logger: logger)
            ], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try "broken".write(toFile: configuration.privateKey!, atomically: true, encoding: .utf8)
            try await Task.sleep(for: .milliseconds(50))
            #expect(credentials.current === old)
            _ = try authority.issue("server")
            #expect(try await eventually { credentials.current !== old })
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
