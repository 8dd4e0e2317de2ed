internal import ArgumentParser
internal import Logging
internal import Pipeline
internal import RemoteTiers
internal import ServiceKit
internal import TocsinCore

/// A classifier that runs, called over mutual TLS with a certificate that it accepts, such as the edge's.
struct RunningClassifier: ParsableArguments {
    @Option(help: ArgumentHelp("Of a running classifier in place of a folder.", valueName: "host:port"))
    var classifier: ParserAddress?
    @OptionGroup var certificates: TLSOptions

    struct Client {
        let configuration: TierClientConfiguration
        let credentials: TLSCredentials

        /// Makes a model the active one, and returns its name.
        func activate(_ model: String) async throws -> String {
            let client = try TierClient(
                configuration, credentials: credentials,
                logger: Logger(label: "tocsin") { _ in SwiftLogNoOpLogHandler() })
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await client.run() }
                defer { client.shutDown() }
                let tier = RemoteClassifyingTier(client)
                try await tier.activate(model)
                return try await tier.info().models.first(where: \.isActive)?.name ?? model
            }
        }
    }

    /// Nil where no running classifier was named.
    func client() throws -> Client? {
        guard let classifier else { return nil }
        return Client(
            configuration: TierClientConfiguration(.classifier, replicas: classifier.replicas),
            credentials: try certificates.clientCredentials())
    }
}
