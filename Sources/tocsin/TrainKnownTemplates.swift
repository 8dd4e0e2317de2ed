internal import ArgumentParser
internal import BERT
internal import Classification
internal import Drain
internal import Embedding
internal import Foundation
internal import LocalTiers
internal import LogFormats
internal import LogParsing
internal import TocsinCore
internal import Training

/// `tocsin train known-templates`: gives models the templates that explanations name.
struct TrainKnownTemplates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "known-templates",
        abstract: "Give trained models the templates they know, which explanations name the nearest of.",
        discussion: """
            Training a model does this at its end; by itself it suits models of an older version, or a corpus that has \
            grown.
            """)

    @OptionGroup var data: TrainingDataOptions
    @Option(help: "The folder of models.")
    var output = "models"
    @Option(help: ArgumentHelp("One of the models; may be repeated. Default: all that are there.", valueName: "model"))
    var model: [ModelName] = []
    @Option(help: "Threads for embedding.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func run() async throws {
        let present = TrainingDataOptions.withOwnVectors.filter {
            FileManager.default.fileExists(atPath: "\(output)/\($0.rawValue)/\(ModelManifest.fileName)")
        }
        let logHub = try LogHub(directory: data.logHubDirectory(), labels: data.labels)
        try await data.addKnownTemplates(to: model.isEmpty ? present : model, in: output, logHub, threads: threads)
    }

    func validate() throws {
        if let other = model.first(where: { !TrainingDataOptions.withOwnVectors.contains($0) }) {
            throw ValidationError(
                "model '\(other.rawValue)' has no vectors of its own; explanations of it name what 'ml' knows")
        }
    }
}

extension TrainingDataOptions {
    /// The models that read vectors of their own, or are the first to read the base encoder's.
    static let withOwnVectors = [ModelName.ml] + FineTuningTraining.models

    func addKnownTemplates(
        to models: [ModelName], in modelsDirectory: String, _ logHub: LogHub, threads: Int
    ) async throws {
        let parser = try LineParser(library: .standard(), frozenTree: FrozenTree(modelsDirectory: modelsDirectory))
        let training = try KnownTemplatesTraining(logHub: logHub, corpus: Corpus(directory: corpus), parser: parser)
        var options = EmbeddingOptions()
        options.threads = threads
        let engine = try EmbeddingEngine(
            EncoderSet(Checkpoint(directory: encoder), modelsDirectory: modelsDirectory), options: options,
            version: ProgramVersion.current)
        for model in models {
            let progress = ProgressLine()
            let count = try await training.add(to: model, in: modelsDirectory, engine: engine) {
                progress.show($0.step, $0.done, of: $0.total)
            }
            progress.end()
            print("model \(model.rawValue) knows \(count) templates")
        }
    }
}
