import ArgumentParser
import Classification
import ServiceKit

/// All that the classifier service was told, checked.
struct ClassifierConfiguration: Sendable {
    var server: ServerConfiguration
    var models: String
    var defaultModel: ModelName
    var activationFile: String

    init(_ server: ServerOptions, _ classifier: ClassifierOptions, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .classifier, reader: &reader)
        models = reader.value(of: ClassifierSettings.models, flag: classifier.models)
        defaultModel = reader.value(of: ClassifierSettings.defaultModel, flag: classifier.defaultModel)
        activationFile = reader.value(
            of: ClassifierSettings.activationFile.falling(backTo: models + "/active-model"),
            flag: classifier.activationFile)
    }
}

/// The flags that only the classifier has. Their values are texts: `ClassifierConfiguration` reads them with all other
/// sources.
struct ClassifierOptions: ParsableArguments {
    @Option(name: ClassifierSettings.models.flag, help: ClassifierSettings.models.help)
    var models: String?

    @Option(name: ClassifierSettings.defaultModel.flag, help: ClassifierSettings.defaultModel.help)
    var defaultModel: String?

    @Option(name: ClassifierSettings.activationFile.flag, help: ClassifierSettings.activationFile.help)
    var activationFile: String?
}

enum ClassifierSettings {
    static let models = Setting.text(
        "models", "The folder with the model artifacts, each checked before it is used.",
        expected: "the path of a folder", fallback: "models")
    static let defaultModel = Setting.defaultModel(fallback: ModelName.ml)
    static let activationFile = Setting.text(
        "activation-file", "Where the activated model is remembered for the next start.",
        expected: "the path of a file that may be written", fallback: "",
        fallbackText: "active-model in the folder of models")
}
