internal import ArgumentParser
internal import Classification
internal import Foundation
internal import LocalTiers
internal import Pipeline
internal import RemoteTiers

/// `tocsin models activate`: makes a model the one that answers where none is named.
struct ActivateModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Make a model the one that answers where none is named; 'rollback' takes it back.",
        discussion: """
            The model is checked first: one whose files were changed or cut, or that was trained with another encoder or \
            template tree, is refused and the one before keeps answering.
            """)
    @OptionGroup var folder: ModelsFolder
    @Argument(help: "The model's name.") var model: ModelName
    @Option(help: "The encoder's checkpoint folder.") var encoder = "models/encoder"
    @OptionGroup(title: "A running classifier") var running: RunningClassifier

    func run() async throws {
        if let classifier = try running.client() {
            let info = try await classifier.activate(model.rawValue)
            print("\(info) answers now")
            return
        }
        _ = try ModelCheck(folder, encoder: encoder).artifact(of: model)
        try folder.activation.write(model, replacing: .ml)
        print("\(model.rawValue) answers now")
    }
}

/// `tocsin models rollback`: goes back to the model that answered before.
struct RollBackModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Go back to the model that answered before.")
    @OptionGroup var folder: ModelsFolder
    @Option(help: "The encoder's checkpoint folder.") var encoder = "models/encoder"
    @OptionGroup(title: "A running classifier") var running: RunningClassifier

    func run() async throws {
        if let classifier = try running.client() {
            let info = try await classifier.activate(RemoteClassifyingTier.previousModel)
            print("\(info) answers again")
            return
        }
        guard let previous = folder.activation.previous() else {
            throw ValidationError("no model was active before in '\(folder.models)': activate one by name")
        }
        _ = try ModelCheck(folder, encoder: encoder).artifact(of: previous)
        print("\(try folder.activation.rollBack().rawValue) answers again")
    }
}
