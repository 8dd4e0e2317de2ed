internal import ArgumentParser
internal import Embedding
internal import Foundation
internal import TocsinCore

/// Where labelled data and the encoder are.
struct TrainingDataOptions: ParsableArguments {
    @Option(help: "The folder that holds loghub_2k/ (else TOCSIN_DATASETS); models/fetch-loghub gets it.")
    var datasets: String?
    @Option(help: "The hand-written corpus.")
    var corpus = "models/corpus"
    @Option(help: "The labels of LogHub's event templates.")
    var labels = "models/labels/loghub_2k.tsv"
    @Option(help: "The encoder's checkpoint folder; models/fetch-encoder gets the default one.")
    var encoder = "models/encoder"

    /// The folder of labelled data that was named, or the environment's.
    func datasetsDirectory() throws -> String {
        guard let directory = datasets ?? ProcessInfo.processInfo.environment["TOCSIN_DATASETS"] else {
            throw ValidationError(
                "no labelled data: run models/fetch-loghub and name its folder with --datasets DIR or TOCSIN_DATASETS")
        }
        return directory
    }

    func logHubDirectory() throws -> String { try datasetsDirectory() + "/loghub_2k" }

    func engine(threads: Int, precision: EncoderPrecision = .fp32) throws -> EmbeddingEngine {
        var options = EmbeddingOptions()
        options.threads = threads
        return try EmbeddingEngine(encoderDirectory: encoder, precision: precision, options: options)
    }
}
