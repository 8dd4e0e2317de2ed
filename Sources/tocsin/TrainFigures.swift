internal import ArgumentParser
internal import Classification
internal import Foundation
internal import Training

/// `tocsin train figures`: gives models the figures of their recorded verdicts.
struct TrainFigures: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures",
        abstract: "Give trained models the figures of the verdicts that were recorded since, without training.",
        discussion: """
            Training a model does this for what is recorded by then; by itself it suits models that were measured later \
            (tocsin evaluate --retrain) or are of an older version. An ensemble names the very folders that it mixes: fit \
            it anew after this (tocsin train ensemble).
            """)

    @Option(help: "The folder of models.")
    var output = "models"
    @Option(
        help: ArgumentHelp(
            "One of the models; may be repeated. Default: all that are there but the ensemble.", valueName: "model"))
    var model: [ModelName] = []

    func run() throws {
        let present = ModelName.allCases.filter { $0 != .ensemble && ModelArtifact.exists($0, in: output) }
        for model in model.isEmpty ? present : model {
            let artifact = try RecordedQuality.add(to: model, in: output)
            let figures = artifact.manifest.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            print("\(model.rawValue)\t\(figures.joined(separator: ", "))")
        }
    }
}
