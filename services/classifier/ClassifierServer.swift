import ArgumentParser
import Classification
import Foundation
import LocalTiers
import Logging
import ServiceKit

/// The classifier tier as a service.
@main
struct ClassifierServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tocsin-classifier",
        abstract: "Gives vectors, features and texts of log lines a class with its confidence, over gRPC.",
        discussion: """
            Each setting is a flag, an environment variable or a member of the JSON file that --config names; the \
            first of these that speaks wins.

            EXAMPLE
              tocsin-classifier --models models --tls-certificate classifier.pem --tls-key classifier.key \
            --tls-ca ca.pem
            """)

    @OptionGroup(title: "Server") var server: ServerOptions
    @OptionGroup(title: "Classifier") var classifier: ClassifierOptions

    func run() async throws {
        let configuration = try SettingsReader.read(
            configFile: self.server.config, environment: ProcessInfo.processInfo.environment
        ) { ClassifierConfiguration(self.server, classifier, reader: &$0) }
        JSONLogHandler.bootstrap(level: configuration.server.logLevel)
        let tier = LocalClassifyingTier(try ClassificationEngine(modelsDirectory: configuration.models))
        let server = try TierServer(
            configuration.server, services: [ClassifierService(tier: tier)], logger: Logger(label: "classifier"))
        try await server.run()
    }
}
