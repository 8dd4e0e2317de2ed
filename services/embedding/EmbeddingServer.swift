import ArgumentParser
import BERT
import Embedding
import Foundation
import LocalTiers
import Logging
import ProgramStart
import ServiceKit
import TocsinCore

/// The embedding tier as a service.
@main
struct EmbeddingServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tocsin-embedding",
        abstract: "Turns texts into 768-wide vectors with a BERT encoder, over gRPC.",
        discussion: """
            Each setting is a flag, an environment variable or a member of the JSON file that --config names; the \
            first of these that speaks wins. Starts itself anew where OpenBLAS chose slow kernels for this CPU.

            EXAMPLE
              tocsin-embedding --encoder models/encoder --tls-certificate embedding.pem --tls-key embedding.key \
            --tls-ca ca.pem
            """)

    @OptionGroup(title: "Server") var server: ServerOptions
    @OptionGroup(title: "Embedding") var embedding: EmbeddingFlags

    func run() async throws {
        let configuration = try SettingsReader.read(
            configFile: self.server.config, environmentFile: self.server.environmentFile,
            environment: ProcessInfo.processInfo.environment
        ) { EmbeddingConfiguration(self.server, embedding, reader: &$0) }
        JSONLogHandler.bootstrap(level: configuration.server.logLevel)
        let logger = Logger(label: "embedding")
        let core = ProgramStart.chooseOpenBLASCore { logger.notice("\($0)") }
        let encoders = try EncoderSet(
            Checkpoint(directory: configuration.encoder, precision: configuration.precision),
            modelsDirectory: configuration.models,
            variants: configuration.variants)
        for (variant, reason) in encoders.leftOut {
            logger.warning("left out the encoder variant '\(variant.rawValue)': \(reason)")
        }
        let metrics = MetricsRegistry()
        metrics.gauge("tocsin_openblas_core", help: "The kernels in use.", labels: ["core"]).set(1, labels: [core])
        let passes = ForwardPassMetrics(metrics)
        let engine = EmbeddingEngine(
            encoders, options: configuration.engine, version: ProgramVersion.current, onPass: passes.observe)
        EngineMetrics.register(engine, in: metrics)
        let service = EmbeddingService(tier: LocalEmbeddingTier(engine))
        let server = try TierServer(configuration.server, services: [service], metrics: metrics, logger: logger)
        try await server.run { await engine.warmUp() }
        await engine.shutDown()
    }
}
