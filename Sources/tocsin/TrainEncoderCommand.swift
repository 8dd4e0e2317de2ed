internal import ArgumentParser
internal import BERT
internal import Classification
internal import Drain
internal import FineTuning
internal import Foundation
internal import LocalTiers
internal import LogFormats
internal import LogParsing
internal import Training

/// What `tocsin train lora`, `dann` and `hybrid` have in common.
struct EncoderTrainingOptions: ParsableArguments {
    @OptionGroup var data: TrainingDataOptions
    @Option(help: "The folder with templates/, which the model's own folder is written to.")
    var output = "models"
    @Option(help: "Numbers that are drawn depend on it alone: the same seed gives the same model.")
    var seed = 1
    @Option(help: "Passes over the texts: more learn longer, and stop early where validation does not gain.")
    var epochs: Int?
    @Option(help: "Threads that train; the model does not depend on them.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func run(_ model: ModelName) async throws {
        let logHub = try LogHub(directory: data.logHubDirectory(), labels: data.labels)
        var options = FineTuningTraining.Options(model, seed: seed, threads: threads)
        if let epochs { options.tuning.epochs = epochs }
        let training = FineTuningTraining(
            logHub: logHub, corpus: try Corpus(directory: data.corpus), kin: try Corpus.kin(path: data.kin),
            parser: try LineParser(library: .standard(), frozenTree: FrozenTree(modelsDirectory: output)),
            checkpoint: try Checkpoint(directory: data.encoder), options: options)

        let folder = "\(output)/\(model.rawValue)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let progress = ProgressLine()
        let trained = try training.run(folder: folder) {
            progress.show($0.step, $0.done, of: $0.total, note: $0.note)
        }
        progress.end()
        let artifact = try trained.write(to: output)
        try FineTuningTraining.removeStates(in: folder)
        try await data.addKnownTemplates(to: [model], in: output, logHub, threads: threads)
        print(String(decoding: artifact.files[ModelTraining.cardFileName] ?? [], as: UTF8.self))
        print("written to \(folder)")
    }
}

/// `tocsin train lora`: low-rank adapters on the encoder, and a head.
struct TrainLoRA: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lora", abstract: "Train adapters on the encoder's queries and values, and a head.",
        discussion: EncoderTrainingOptions.discussion)
    @OptionGroup var options: EncoderTrainingOptions
    func run() async throws { try await options.run(.lora) }
}

/// `tocsin train dann`: the same, trained against telling log sources apart.
struct TrainDANN: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dann", abstract: "Train adapters and a head so that log sources cannot be told apart.",
        discussion: EncoderTrainingOptions.discussion)
    @OptionGroup var options: EncoderTrainingOptions
    func run() async throws { try await options.run(.dann) }
}

/// `tocsin train hybrid`: the same, with a head that reads template features too.
struct TrainHybrid: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hybrid", abstract: "Train adapters and a head that reads four template features too.",
        discussion: EncoderTrainingOptions.discussion)
    @OptionGroup var options: EncoderTrainingOptions
    func run() async throws { try await options.run(.hybrid) }
}

extension EncoderTrainingOptions {
    static let discussion = """
        Needs the template tree that 'tocsin train ml' writes. A run that is killed goes on where it was when it is \
        started again with the same data and options, and ends with the same model.

        EXAMPLES
          tocsin train lora --datasets ~/datasets
          tocsin train dann --datasets ~/datasets --seed 2
        """
}
