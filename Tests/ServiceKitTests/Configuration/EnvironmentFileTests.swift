import Foundation
import Testing

@testable import ServiceKit

@Suite("A file of environment variables")
struct EnvironmentFileTests {
    @Test("has a variable a line, comments and quotes")
    func variables() throws {
        let text = """
            # Settings
            API_PORT=5000
            export API_HOST = 127.0.0.1

            CORS_ORIGINS="http://localhost:5173"   # the page
            NAME='with # inside'
            EMPTY=
            PLAIN=value # why
            """
        #expect(
            try EnvironmentFile.variables(of: text, path: ".env") == [
                "API_PORT": "5000", "API_HOST": "127.0.0.1", "CORS_ORIGINS": "http://localhost:5173",
                "NAME": "with # inside", "EMPTY": "", "PLAIN": "value",
            ])
    }

    @Test("is refused with the number of a line that is no assignment, and never its text")
    func refusal() {
        let error = #expect(throws: ConfigurationError.self) {
            try EnvironmentFile.variables(of: "A=1\nSECRET\n=x", path: ".env")
        }
        #expect(
            error?.problems == [
                "line 2 of '.env' is no assignment, expected NAME=VALUE",
                "line 3 of '.env' is no assignment, expected NAME=VALUE",
            ])
    }

    @Test("yields to the environment, and a documented name to Tocsin's own")
    func precedence() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).env").path
        try "API_PORT=1\nTOCSIN_OTHER=3".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let port = Setting.port("http-port", "", fallback: 5000).documented(as: "API_PORT")
        func read(_ environment: [String: String]) throws -> Int {
            try SettingsReader.read(configFile: nil, environmentFile: path, environment: environment) {
                $0.value(of: port, flag: nil)
            }
        }
        #expect(try read([:]) == 1)
        #expect(try read(["API_PORT": "2"]) == 2)
        #expect(try read(["TOCSIN_HTTP_PORT": "4"]) == 4)
        #expect(throws: ConfigurationError.self) {
            try SettingsReader.read(configFile: nil, environmentFile: "/no/such.env", environment: [:]) { _ in }
        }
    }
}
