internal import Foundation
internal import ServiceKit

extension TLSOptions {
    /// What calls to a running tier are made with, from these options and the environment.
    ///
    /// - Throws: `ConfigurationError` where certificates are not named, `TLSError` where they cannot be used.
    func clientCredentials() throws -> TLSCredentials {
        // A file that TOCSIN_CONFIG names is a server's, whose settings have no place here.
        let environment = ProcessInfo.processInfo.environment.filter { $0.key != "TOCSIN_CONFIG" }
        let tls = try SettingsReader.read(configFile: nil, environment: environment) {
            TLSConfiguration(self, reader: &$0)
        }
        return try TLSCredentials(configuration: tls, role: .client)
    }
}
