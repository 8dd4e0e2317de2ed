import ArgumentParser
import ServiceKit

/// All that the classifier service was told, checked.
struct ClassifierConfiguration: Sendable {
    var server: ServerConfiguration
    var models: String

    init(_ server: ServerOptions, _ classifier: ClassifierOptions, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .classifier, reader: &reader)
        models = reader.value(of: ClassifierSettings.models, flag: classifier.models)
    }
}

/// The flags that only the classifier has. Their values are texts: `ClassifierConfiguration` reads them with all other
/// sources.
struct ClassifierOptions: ParsableArguments {
    @Option(name: ClassifierSettings.models.flag, help: ClassifierSettings.models.help)
    var models: String?
}

enum ClassifierSettings {
    static let models = Setting.text(
        "models", "The folder with the model artifacts, each checked before it is used.",
        expected: "the path of a folder", fallback: "models")
}
