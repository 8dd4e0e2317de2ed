import ArgumentParser
import Foundation
import ServiceKit
import Testing

@testable import Edge

@Suite struct EdgeConfigurationTests {
    private static let tls = ["--tls-certificate", "c", "--tls-key", "k", "--tls-ca", "a"]

    private static func read(_ flags: [String], _ environment: [String: String] = [:]) throws -> EdgeConfiguration {
        let parsed = try EdgeServer.parse(tls + flags)
        // None but this one: a .env of whoever runs the tests has no say.
        let empty = FileManager.default.temporaryDirectory.appending(path: "empty-\(UUID().uuidString).env")
        try Data().write(to: empty)
        defer { try? FileManager.default.removeItem(at: empty) }
        return try SettingsReader.read(configFile: nil, environmentFile: empty.path, environment: environment) {
            EdgeConfiguration(parsed.server, parsed.edge, reader: &$0)
        }
    }

    @Test("the documented settings have counterparts")
    func documented() throws {
        let configuration = try Self.read(
            [],
            [
                "API_PORT": "5001", "API_HOST": "127.0.0.2", "CORS_ORIGINS": "http://localhost:5173,http://b",
                "MAX_BATCH_SIZE": "100", "FLASK_ENV": "development", "FLASK_DEBUG": "1",
            ])
        #expect(configuration.http.port == 5001)
        #expect(configuration.http.host == "127.0.0.2")
        #expect(configuration.http.corsOrigins == ["http://localhost:5173", "http://b"])
        #expect(configuration.http.limits.maxLines == 100)
    }

    @Test(
        "an address that other machines reach is refused without keys or --insecure, and the reason says what to do",
        arguments: [
            ["--http-host", "0.0.0.0"], ["--https-host", "::"], ["--http-host", "10.1.2.3"],
            ["--http-host", "127.example.org"],
        ])
    func exposed(flags: [String]) throws {
        let error = #expect(throws: ConfigurationError.self) { try Self.read(flags) }
        #expect(error?.description.contains("there are no API keys") == true)
        #expect(error?.description.contains("--insecure") == true)
        #expect(throws: Never.self) { try Self.read(flags + ["--keys", "keys.json"]) }
        #expect(throws: Never.self) { try Self.read(flags + ["--insecure"]) }
    }

    @Test("the documented API_HOST is refused for the same reason, and let be by a variable as by a flag")
    func documentedHost() throws {
        let host = ["API_HOST": "0.0.0.0"]
        let error = #expect(throws: ConfigurationError.self) { try Self.read([], host) }
        #expect(error?.description.contains("TOCSIN_INSECURE=true") == true)
        func insecure(_ value: String) -> [String: String] { host.merging(["TOCSIN_INSECURE": value]) { $1 } }
        #expect(try Self.read([], insecure("true")).http.isInsecure)
        #expect(try Self.read(["--insecure"], insecure("false")).http.isInsecure)
        #expect(throws: ConfigurationError.self) { try Self.read([], insecure("false")) }
        #expect(throws: ConfigurationError.self) { try Self.read([], insecure("maybe")) }
    }

    @Test("metrics, which no key protects, are for other machines with --insecure alone")
    func metrics() throws {
        let host = ["--metrics-host", "0.0.0.0"]
        for flags in [host, host + ["--keys", "keys.json"]] {
            let error = #expect(throws: ConfigurationError.self) { try Self.read(flags) }
            #expect(error?.description.contains("metrics-host is '0.0.0.0'") == true)
        }
        #expect(try Self.read(host + ["--insecure"]).server.metricsHost == "0.0.0.0")
        #expect(throws: Never.self) { try Self.read(["--metrics-host", "127.0.0.2"]) }
    }

    @Test("HTTPS shows the server's certificate where it has none of its own, and asks for none")
    func certificate() throws {
        let own = try Self.read([])
        #expect(own.http.tls?.certificateChain == "c")
        #expect(own.http.tls?.requiresPeerCertificate == false)
        let other = try Self.read(["--https-certificate", "public", "--https-key", "secret"])
        #expect(other.http.tls?.certificateChain == "public")
        #expect(other.http.tls?.privateKey == "secret")
    }
}
