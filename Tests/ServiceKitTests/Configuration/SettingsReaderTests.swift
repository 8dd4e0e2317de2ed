import ArgumentParser
import Foundation
import Logging
import Testing

@testable import ServiceKit

@Suite("Configuration")
struct SettingsReaderTests {
    private static let port = Setting.port("port", "The port.", fallback: 5)
    private static let names = Setting.list("names", "The names.", expected: "names", fallback: [])
    private static let patience = Setting.duration("patience", "How long to wait.", fallback: .seconds(1))
    private static let model = Setting.required("model-file", "The model.", expected: "the path of a model")

    @Test("flags come before the environment, it before the file, it before the fallback")
    func precedence() throws {
        let file = try ConfigurationFile(#"{"port": 3, "names": ["a", "b"], "patience": "2m"}"#)
        func read(flag: String?, environment: [String: String], file: String?) throws -> Int {
            try SettingsReader.read(configFile: file, environment: environment) { reader in
                _ = reader.value(of: Self.names, flag: nil)
                _ = reader.value(of: Self.patience, flag: nil)
                return reader.value(of: Self.port, flag: flag)
            }
        }
        #expect(try read(flag: "1", environment: ["TOCSIN_PORT": "2"], file: file.path) == 1)
        #expect(try read(flag: nil, environment: ["TOCSIN_PORT": "2"], file: file.path) == 2)
        #expect(try read(flag: nil, environment: ["TOCSIN_PORT": ""], file: file.path) == 3)
        #expect(try read(flag: nil, environment: ["TOCSIN_CONFIG": file.path], file: nil) == 3)
        #expect(try read(flag: nil, environment: [:], file: nil) == 5)
    }

    @Test("lists and durations are read from text and from JSON")
    func kinds() throws {
        let file = try ConfigurationFile(#"{"names": ["a", "b"], "patience": 0.25}"#)
        try SettingsReader.read(configFile: file.path, environment: [:]) { reader in
            #expect(reader.value(of: Self.names, flag: nil) == ["a", "b"])
            #expect(reader.value(of: Self.names, flag: " x , y ") == ["x", "y"])
            #expect(reader.value(of: Self.patience, flag: nil) == .milliseconds(250))
            #expect(reader.value(of: Self.patience, flag: "500ms") == .milliseconds(500))
            #expect(reader.value(of: Self.patience, flag: "2m") == .seconds(120))
            #expect(reader.value(of: Self.patience, flag: "7") == .seconds(7))
        }
    }

    @Test("everything that is wrong is said at once: where it came from, what was found, what is expected")
    func problems() throws {
        let file = try ConfigurationFile(#"{"names": "a,,b", "prot": 7}"#)
        let error = #expect(throws: ConfigurationError.self) {
            try SettingsReader.read(configFile: file.path, environment: ["TOCSIN_PATIENCE": "long"]) { reader in
                _ = reader.value(of: Self.port, flag: "70000")
                _ = reader.value(of: Self.patience, flag: nil)
                _ = reader.value(of: Self.names, flag: nil)
                _ = reader.value(of: Self.model, flag: nil)
            }
        }
        #expect(
            error?.problems == [
                "--port is '70000', expected a whole number from 0 to 65535",
                "TOCSIN_PATIENCE is 'long', expected a duration such as 500ms, 10s or 2m",
                "\"names\" in \(file.path) is 'a,,b', expected names",
                "model-file is not set, expected the path of a model: pass --model-file, set TOCSIN_MODEL_FILE "
                    + "or write \"model-file\" in the configuration file",
                "\"prot\" in \(file.path) is no setting of this program, "
                    + "expected one of model-file, names, patience, port",
            ])
        #expect(error?.description.hasPrefix("5 settings are wrong:\n  --port is") == true)
    }

    @Test(
        "a configuration file that cannot be used says why",
        arguments: [
            (#"{"port": 1"#, "line 1"), ("[1]", "it holds an array, expected an object"),
            (#"{"port": {"a": 1}}"#, #""port" is an object"#), (#"{"port": null}"#, #""port" is null"#),
        ])
    func unusableFile(text: String, reason: String) throws {
        let file = try ConfigurationFile(text)
        let error = #expect(throws: ConfigurationError.self) {
            try SettingsReader.read(configFile: file.path, environment: [:]) { _ in }
        }
        #expect(error?.description.contains("'\(file.path)'") == true)
        #expect(error?.description.contains(reason) == true)
    }

    @Test("a configuration file that is not there says so")
    func missingFile() {
        let error = #expect(throws: ConfigurationError.self) {
            try SettingsReader.read(configFile: "/no/such/file.json", environment: [:]) { _ in }
        }
        #expect(
            error?.description == "the configuration file '/no/such/file.json' cannot be used: "
                + "it does not exist or may not be read")
    }

    @Test(
        "whole numbers are whole", arguments: ["", "1.5", "0x10", "-1", "65536", "ten", " 5", "99999999999999999999"])
    func wrongNumbers(text: String) {
        #expect(throws: ConfigurationError.self) {
            try SettingsReader.read(configFile: nil, environment: [:]) { _ = $0.value(of: Self.port, flag: text) }
        }
    }

    @Test("durations are not negative and have a known unit", arguments: ["", "-1s", "1h", "s", "nan", "inf", "1e30"])
    func wrongDurations(text: String) {
        #expect(throws: ConfigurationError.self) {
            try SettingsReader.read(configFile: nil, environment: [:]) { _ = $0.value(of: Self.patience, flag: text) }
        }
    }
}

@Suite("The settings of every server")
struct ServerConfigurationTests {
    @Test("each tier has its own ports and callers where nobody says anything")
    func defaults() throws {
        let configuration = try read(["--tls-certificate", "c", "--tls-key", "k", "--tls-ca", "a"], .embedding)
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 50_052)
        #expect(configuration.metricsPort == 9466)
        #expect(configuration.authorization.acceptedNames == ["spiffe://tocsin/edge"])
        #expect(configuration.gracePeriod == .seconds(20))
        #expect(configuration.logLevel == .info)
        #expect(configuration.tls.certificateChain == "c")
        #expect(configuration.tls.privateKey == "k")
        #expect(configuration.tls.trustRoots == "a")
        #expect(try read(["--tls-certificate", "c", "--tls-key", "k", "--tls-ca", "a"], .edge).port == 50_050)
    }

    @Test("metrics, which ask for no key, stay on this machine where calls come from others")
    func metricsHost() throws {
        let tls = ["--tls-certificate", "c", "--tls-key", "k", "--tls-ca", "a"]
        let open = try read(tls + ["--host", "0.0.0.0"], .parser)
        #expect(open.host == "0.0.0.0" && open.metricsHost == "127.0.0.1")
        #expect(try read(tls + ["--metrics-host", "10.0.0.7"], .parser).metricsHost == "10.0.0.7")
    }

    @Test("the certificate, its key and the authority are required")
    func required() {
        let error = #expect(throws: ConfigurationError.self) { try read([], .parser) }
        #expect(error?.problems.count == 3)
    }

    @Test("the help names the environment variable of every setting")
    func help() {
        let help = ServerOptions.helpMessage(columns: 400)
        let names = help.matches(of: /^  --([a-z-]+)/.anchorsMatchLineEndings()).map { String($0.1) }
        #expect(names.count == 13)
        for name in names {
            #expect(help.contains("(TOCSIN_\(name.uppercased().replacing("-", with: "_"));"), "\(name)")
        }
    }

    private func read(_ arguments: [String], _ defaults: TierDefaults) throws -> ServerConfiguration {
        let options = try ServerOptions.parse(arguments)
        return try SettingsReader.read(configFile: options.config, environment: [:]) { reader in
            ServerConfiguration(options, defaults: defaults, reader: &reader)
        }
    }
}

/// A file that is gone with its owner.
final class ConfigurationFile {
    let path: String

    init(_ text: String) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
