internal import ArgumentParser
internal import Classification
internal import Embedding
internal import Foundation
internal import LogFormats
internal import Training
internal import TreeEnsemble

/// `tocsin train`: makes the models that `tocsin analyze` and the classifier tier serve.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a model on LogHub and the corpus.",
        subcommands: [
            TrainML.self, TrainWords.self, TrainEnsemble.self, TrainLoRA.self, TrainDANN.self, TrainHybrid.self,
            TrainKnownTemplates.self,
        ])
}

/// `tocsin train ml`: trees over the encoder's vector and the line features.
struct TrainML: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ml", abstract: "Train the trees, and the template tree that goes with them.")

    @OptionGroup var data: TrainingDataOptions
    @Option(help: "The folder that ml/ and templates/ are written to.")
    var output = "models"
    @Option(help: "Numbers that are drawn depend on it alone: the same seed gives the same model.")
    var seed = 1
    @Option(help: "xgboost: better, smaller; random-forest: the other documented algorithm.")
    var algorithm = TreeParameters.Algorithm.xgboost
    @Flag(help: "Give the rarer classes rows between their own (SMOTE), beside the weights that all rows have.")
    var smote = false
    @Option(help: "Threads for embedding and for growing trees.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func run() async throws {
        let logHub = try LogHub(directory: data.logHubDirectory(), labels: data.labels)
        var options = ModelTraining.Options(algorithm: algorithm, seed: seed, threads: threads)
        options.addsSyntheticRows = smote
        let training = ModelTraining(
            logHub: logHub, corpus: try Corpus(directory: data.corpus), library: try .standard(), options: options)
        let engine = try data.engine(threads: threads)
        let progress = ProgressLine()
        let outcome = try await training.run(engine: engine) { progress.show($0.step, $0.done, of: $0.total) }
        progress.end()
        try outcome.write(to: output)
        try await data.addKnownTemplates(to: [.ml], in: output, logHub, threads: threads)
        print(outcome.card)
        print("written to \(output)/ml and \(output)/templates")
    }
}
