internal import ArgumentParser
internal import BERT
internal import Classification
internal import Drain
internal import Embedding
internal import Foundation
internal import LocalTiers
internal import TocsinCore

/// Checks a model with all that it needs beside itself: the template tree and the encoder that it was trained with.
struct ModelCheck {
    private let folder: ModelsFolder
    private let tree: FrozenTree
    private let encoders: EncoderSet

    /// - Throws: `FrozenTreeError` or `CheckpointError` where there is no tree or no encoder to check against.
    init(_ folder: ModelsFolder, encoder: String) throws {
        self.folder = folder
        tree = try FrozenTree(modelsDirectory: folder.models)
        encoders = try EncoderSet(Checkpoint(directory: encoder), modelsDirectory: folder.models)
    }

    /// The model's artifact, where it can be served here; throws what is wrong with it.
    func artifact(of name: ModelName) throws -> ModelArtifact {
        let artifact = try ModelArtifact(directory: folder.path(of: name))
        let needed = try artifact.verify()
        let manifest = artifact.manifest
        guard manifest.templateTreeSHA256 == tree.sha256 else {
            throw ModelMisfit(
                model: name.rawValue, part: "template tree", found: tree.sha256, expected: manifest.templateTreeSHA256)
        }
        for encoder in needed {
            let found = encoders.variants[encoder.variant]?.sha256
            guard found == encoder.sha256 else {
                throw ModelMisfit(
                    model: name.rawValue, part: "encoder '\(encoder.variant.rawValue)'", found: found ?? "none",
                    expected: encoder.sha256)
            }
        }
        return artifact
    }
}

/// What is here is not what a model was trained with.
struct ModelMisfit: Error, CustomStringConvertible {
    let model: String
    let part: String
    let found: String
    let expected: String

    var description: String {
        "model '\(model)' was trained with the \(part) \(expected), here is \(found); fetch the one that it needs or "
            + "train the model anew"
    }
}

/// `tocsin models verify`.
struct VerifyModels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every file's hash and load every model with what it needs; fails where one is not whole.")
    @OptionGroup var folder: ModelsFolder
    @Option(help: "The encoder's checkpoint folder.") var encoder = "models/encoder"

    func run() throws {
        guard !folder.present.isEmpty else { throw ValidationError("'\(folder.models)' holds no model") }
        let check = try ModelCheck(folder, encoder: encoder)
        for name in folder.present {
            let artifact = try check.artifact(of: name)
            print("\(name.rawValue)\twhole\t\(artifact.sha256)")
        }
    }
}
