internal import ArgumentParser
internal import Classification
internal import Foundation
internal import Training

/// `tocsin models`: what is in the folder of models, and whether it is whole.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List, show and verify the models.",
        subcommands: [List.self, Card.self, Verify.self], defaultSubcommand: List.self)

    struct Folder: ParsableArguments {
        @Option(help: "The folder of models.")
        var models = "models"

        /// The documented models that have a folder here.
        var present: [ModelName] {
            ModelName.allCases.filter { FileManager.default.fileExists(atPath: path(of: $0)) }
        }

        func path(of name: ModelName) -> String { "\(models)/\(name.rawValue)" }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One line for each documented model.")
        @OptionGroup var folder: Folder

        func run() throws {
            for name in ModelName.allCases {
                guard folder.present.contains(name) else {
                    print("\(name.rawValue)\tnot trained\t\(name.summary)")
                    continue
                }
                let artifact = try ModelArtifact(directory: folder.path(of: name))
                let size = artifact.files.values.reduce(0) { $0 + $1.count }
                let quality = artifact.manifest.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                print(
                    "\(name.rawValue)\t\(artifact.manifest.algorithm) \(artifact.manifest.version)\t\(size) bytes\t"
                        + quality.joined(separator: ", "))
            }
        }
    }

    struct Card: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What a model is, from what, and how good.")
        @OptionGroup var folder: Folder
        @Argument(help: "The model's name.") var model: ModelName

        func run() throws {
            let artifact = try ModelArtifact(directory: folder.path(of: model))
            print(String(decoding: artifact.files[ModelTraining.cardFileName] ?? [], as: UTF8.self))
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every file's hash and load every model; fails where one is not whole.")
        @OptionGroup var folder: Folder

        func run() throws {
            guard !folder.present.isEmpty else { throw ValidationError("'\(folder.models)' holds no model") }
            for name in folder.present {
                let artifact = try ModelArtifact(directory: folder.path(of: name))
                try artifact.verify()
                print("\(name.rawValue)\twhole\t\(artifact.sha256)")
            }
        }
    }
}
