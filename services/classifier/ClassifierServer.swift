import ArgumentParser
import Classification
import Foundation
import LocalTiers
import Logging
import ProgramStart
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
            configFile: self.server.config, environmentFile: self.server.environmentFile,
            environment: ProcessInfo.processInfo.environment
        ) { ClassifierConfiguration(self.server, classifier, reader: &$0) }
        JSONLogHandler.bootstrap(level: configuration.server.logLevel)
        let logger = Logger(label: "classifier")
        let core = ProgramStart.chooseOpenBLASCore { logger.notice("\($0)") }
        let activation = ActivationFile(path: configuration.activationFile)
        let engine = try ClassificationEngine(modelsDirectory: configuration.models, active: configuration.defaultModel)
        if let remembered = activation.read() {
            do { try engine.activate(remembered) } catch {
                logger.warning(
                    "the activated model is gone, the default answers in its place", error: error,
                    metadata: ["activation_file": "\(activation.path)"])
            }
        }
        let tier = LocalClassifyingTier(engine, activationFile: activation)
        let server = try TierServer(configuration.server, services: [ClassifierService(tier: tier)], logger: logger)
        server.metrics.gauge("tocsin_openblas_core", help: "The kernels in use.", labels: ["core"])
            .set(1, labels: [core])
        try await server.run()
    }
}
