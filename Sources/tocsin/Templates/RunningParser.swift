internal import ArgumentParser
internal import Logging
internal import RemoteTiers
internal import ServiceKit

/// A parser that runs, called over mutual TLS.
struct RunningParser {
    private let configuration: TierClientConfiguration
    private let credentials: TLSCredentials

    /// - Throws: `ConfigurationError` where certificates are not named, `TLSError` where they cannot be used.
    init(_ address: ParserAddress, _ certificates: TLSOptions) throws {
        configuration = TierClientConfiguration(.parser, replicas: address.replicas)
        credentials = try certificates.clientCredentials()
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
