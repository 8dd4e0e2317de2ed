internal import ArgumentParser
internal import Classification
internal import Foundation
internal import LocalTiers
internal import Training

/// `tocsin models`: what is in the folder of models, whether it is whole, and which model answers.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List, show, verify and activate the models.",
        discussion: """
            EXAMPLES
              tocsin models                               which there are, how good they are, which one answers
              tocsin models card lora
              tocsin models verify                        every file's hash; encoder and template tree that models need
              tocsin models activate lora                 of this folder, for 'tocsin analyze' and services started later
              tocsin models activate lora --classifier 127.0.0.1:50053       of a running classifier, without a restart
              tocsin models rollback
            """,
        subcommands: [
            ListModels.self, ShowCard.self, VerifyModels.self, ActivateModel.self, RollBackModel.self,
        ], defaultSubcommand: ListModels.self)
}

/// The folder that models are in.
struct ModelsFolder: ParsableArguments {
    @Option(help: "The folder of models.")
    var models = "models"

    var activation: ActivationFile { ActivationFile(modelsDirectory: models) }

    /// The documented models that have a folder here.
    var present: [ModelName] { ModelName.allCases.filter { FileManager.default.fileExists(atPath: path(of: $0)) } }

    func path(of name: ModelName) -> String { "\(models)/\(name.rawValue)" }
}

/// `tocsin models list`.
struct ListModels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "One line for each documented model; * is the active one.")
    @OptionGroup var folder: ModelsFolder

    func run() throws {
        let active = folder.activation.read() ?? .ml
        for name in ModelName.allCases {
            let mark = name == active ? "*" : " "
            guard folder.present.contains(name) else {
                print("\(mark) \(name.rawValue)\tnot trained\t\(name.summary)")
                continue
            }
            let artifact = try ModelArtifact(directory: folder.path(of: name))
            let size = artifact.files.values.reduce(0) { $0 + $1.count }
            let quality = artifact.manifest.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            print(
                "\(mark) \(name.rawValue)\t\(artifact.manifest.algorithm) \(artifact.manifest.version)\t\(size) bytes\t"
                    + quality.joined(separator: ", "))
        }
    }
}

/// `tocsin models card`.
struct ShowCard: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "What a model is, from what, and how good.")
    @OptionGroup var folder: ModelsFolder
    @Argument(help: "The model's name.") var model: ModelName

    func run() throws {
        let artifact = try ModelArtifact(directory: folder.path(of: model))
        print(String(decoding: artifact.files[ModelTraining.cardFileName] ?? [], as: UTF8.self))
    }
}
