internal import ArgumentParser
internal import Classification
internal import Drain
internal import Foundation
internal import LocalTiers
internal import LogFormats
internal import LogParsing
internal import Training

/// `tocsin train words`: a logistic regression over words and line features.
struct TrainWords: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "words", abstract: "Train the logistic regression over words, which needs no encoder.",
        discussion: "Needs the template tree that 'tocsin train ml' writes.")

    @OptionGroup var data: TrainingDataOptions
    @Option(help: "The folder with templates/, which words/ is written to.")
    var output = "models"

    func run() throws {
        let artifact = try WordsTraining(
            logHub: LogHub(directory: data.logHubDirectory(), labels: data.labels),
            corpus: Corpus(directory: data.corpus),
            parser: LineParser(library: .standard(), frozenTree: FrozenTree(modelsDirectory: output))
        ).write(to: output)
        print(String(decoding: artifact.files[ModelTraining.cardFileName] ?? [], as: UTF8.self))
        print("written to \(output)/words")
    }
}

/// `tocsin train ensemble`: a mixture of the other models.
struct TrainEnsemble: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ensemble", abstract: "Fit how much each of the other models counts in their mixture.",
        discussion: """
            Mixes the models whose verdicts on unseen templates are recorded (tocsin evaluate --retrain --protocol T,S), \
            and is to be fitted anew when one of them was trained anew.
            """)

    @Option(help: "The folder of models, which ensemble/ is written to.")
    var output = "models"

    func run() throws {
        let artifact = try EnsembleTraining(modelsDirectory: output).write()
        print(String(decoding: artifact.files[ModelTraining.cardFileName] ?? [], as: UTF8.self))
        print("written to \(output)/ensemble")
    }
}
