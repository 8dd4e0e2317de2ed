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
        discussion: """
            Start with ml, which makes the template tree that all models read; the ensemble comes last.

            EXAMPLES
              tocsin train ml --datasets ~/datasets
              tocsin train lora --datasets ~/datasets                      ten minutes; a run that was killed goes on
              tocsin evaluate --model lora --retrain --protocol T,S --datasets ~/datasets
              tocsin train ensemble                                        mixes the models that were evaluated
            """,
        subcommands: [
            TrainML.self, TrainWords.self, TrainEnsemble.self, TrainLoRA.self, TrainDANN.self, TrainHybrid.self,
            TrainKnownTemplates.self, TrainFigures.self,
        ])
}

/// `tocsin train ml`: trees over the encoder's vector and the line features.
struct TrainML: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ml", abstract: "Train the trees, and the template tree that goes with them.",
        discussion: """
            --search draws settings by the seed, tries them and those chosen by hand on three folds of the training \
            lines, and trains with the best: models/README.md says from which ranges, and how folds are made. A draw \
            takes minutes.

            EXAMPLES
              tocsin train ml --datasets ~/datasets --search 20
              tocsin train ml --datasets ~/datasets --algorithm random-forest --trees 100
            """)

    @OptionGroup var data: TrainingDataOptions
    @Option(help: "The folder that ml/ and templates/ are written to.")
    var output = "models"
    @Option(help: "Numbers that are drawn depend on it alone: the same seed gives the same model.")
    var seed = 1
    @Option(help: "xgboost: better, smaller; random-forest: the other documented algorithm.")
    var algorithm = TreeParameters.Algorithm.xgboost
    @Option(help: "Of a random forest: the trees that are grown side by side for each class (num_parallel_tree).")
    var trees: Int?
    @Option(help: "Settings that are drawn and tried, beside those chosen by hand; 0 trains with these.")
    var search = 0
    @Flag(help: "Give the rarer classes rows between their own (SMOTE), beside the weights that all rows have.")
    var smote = false
    @Option(help: "Threads for embedding and for growing trees.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard search >= 0 else { throw ValidationError("--search is \(search), expected 0 or more draws") }
        guard let trees else { return }
        guard trees > 0 else { throw ValidationError("--trees is \(trees), expected 1 or more") }
        guard algorithm == .randomForest else {
            throw ValidationError(
                "--trees is of a random forest; boosting grows one tree a class and round: use "
                    + "--algorithm random-forest, or leave --trees out")
        }
    }

    func run() async throws {
        let logHub = try LogHub(directory: data.logHubDirectory(), labels: data.labels)
        var options = ModelTraining.Options(algorithm: algorithm, seed: seed, threads: threads)
        options.addsSyntheticRows = smote
        options.searchDraws = search
        if let trees { options.parameters.parallelTrees = trees }
        let training = ModelTraining(
            logHub: logHub, corpus: try Corpus(directory: data.corpus), library: try .standard(), options: options)
        let engine = try data.engine(threads: threads)
        let progress = ProgressLine()
        let outcome = try await training.run(engine: engine) {
            progress.show($0.step, $0.done, of: $0.total, note: $0.note)
        }
        progress.end()
        try outcome.write(to: output)
        try await data.addKnownTemplates(to: [.ml], in: output, logHub, threads: threads)
        print(outcome.card)
        print("written to \(output)/ml and \(output)/templates")
    }
}
