internal import ArgumentParser
internal import Foundation
internal import Logging
internal import RemoteTiers
internal import ServiceKit

/// A parser that runs, called over mutual TLS.
struct RunningParser {
    private let configuration: TierClientConfiguration
    private let credentials: TLSCredentials

    /// - Throws: `ConfigurationError` where certificates are not named, `TLSError` where they cannot be used.
    init(_ address: ParserAddress, _ certificates: TLSOptions) throws {
        // A file that TOCSIN_CONFIG names is a server's, whose settings have no place here.
        let environment = ProcessInfo.processInfo.environment.filter { $0.key != "TOCSIN_CONFIG" }
        let tls = try SettingsReader.read(configFile: nil, environment: environment) {
            TLSConfiguration(certificates, reader: &$0)
        }
        configuration = TierClientConfiguration(.parser, replicas: address.replicas)
        credentials = try TLSCredentials(configuration: tls, role: .client)
    }

    /// Lends the parser's live templates to `body`.
    func withTemplates<Result: Sendable>(
        _ body: @Sendable (RemoteTemplates) async throws -> Result
    ) async throws -> Result {
        let client = try TierClient(
            configuration, credentials: credentials, logger: Logger(label: "tocsin") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.run() }
            defer { client.shutDown() }
            return try await body(RemoteTemplates(client))
        }
    }
}

/// Where one parser listens.
struct ParserAddress: ExpressibleByArgument {
    let replicas: Replicas

    init?(argument: String) {
        guard let replicas = Replicas(argument), replicas.addresses.count == 1 else { return nil }
        self.replicas = replicas
    }
}
