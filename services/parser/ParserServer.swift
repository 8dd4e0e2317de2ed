import ArgumentParser
import Foundation
import Logging
import ServiceKit

/// The parser tier as a service.
@main
struct ParserServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tocsin-parser",
        abstract: "Detects the format of log lines, parses their fields and mines their templates, over gRPC.",
        discussion: """
            Each setting is a flag, an environment variable or a member of the JSON file that --config names; the \
            first of these that speaks wins.

            EXAMPLE
              tocsin-parser --models models --tls-certificate parser.pem --tls-key parser.key --tls-ca ca.pem
              tocsin-parser --state /var/lib/tocsin/templates --peers parser.internal:50051 ...
            """)

    @OptionGroup(title: "Server") var server: ServerOptions
    @OptionGroup(title: "Parser") var parser: ParserOptions

    func run() async throws {
        let configuration = try SettingsReader.read(
            configFile: self.server.config, environmentFile: self.server.environmentFile,
            environment: ProcessInfo.processInfo.environment
        ) { ParserConfiguration(self.server, parser, reader: &$0) }
        JSONLogHandler.bootstrap(level: configuration.server.logLevel)
        let logger = Logger(label: "parser")
        let metrics = MetricsRegistry()
        let program = try ParserProgram(configuration, metrics: metrics, logger: logger)
        let server = try TierServer(
            configuration.server, services: program.rpcServices, metrics: metrics, logger: logger)
        try await server.run(alongside: program.services) {
            try program.warmUp()
        }
    }
}
