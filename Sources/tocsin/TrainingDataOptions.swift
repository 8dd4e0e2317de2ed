internal import ArgumentParser
internal import BERT
internal import Embedding
internal import Foundation
internal import TocsinCore

/// Where labelled data and the encoder are.
struct TrainingDataOptions: ParsableArguments {
    @Option(help: "The folder that holds loghub_2k/ (else TOCSIN_DATASETS); models/fetch-loghub gets it.")
    var datasets: String?
    @Option(help: "The hand-written corpus.")
    var corpus = "models/corpus"
    @Option(help: "The systems of the corpus and the LogHub sources they are kin of.")
    var kin = "models/corpus_sources.tsv"
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

    /// - Parameter models: the folder whose variants of the encoder are loaded too; nil loads none.
    func engine(
        threads: Int, precision: EncoderPrecision = .fp32, models: String? = nil
    ) throws -> EmbeddingEngine {
        var options = EmbeddingOptions()
        options.threads = threads
        let checkpoint = try Checkpoint(directory: encoder, precision: precision)
        return EmbeddingEngine(
            try models.map { try EncoderSet(checkpoint, modelsDirectory: $0) } ?? EncoderSet(checkpoint),
            options: options)
    }
}
