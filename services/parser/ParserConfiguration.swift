import ArgumentParser
import ServiceKit

/// All that the parser service was told, checked.
struct ParserConfiguration: Sendable {
    var server: ServerConfiguration
    var models: String

    init(_ server: ServerOptions, _ parser: ParserOptions, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .parser, reader: &reader)
        models = reader.value(of: ParserSettings.models, flag: parser.models)
    }
}

/// The flags that only the parser has. Their values are texts: `ParserConfiguration` reads them with all other sources.
struct ParserOptions: ParsableArguments {
    @Option(name: ParserSettings.models.flag, help: ParserSettings.models.help)
    var models: String?
}

enum ParserSettings {
    static let models = Setting.text(
        "models", "The folder with the model artifacts, whose frozen template tree models read.",
        expected: "the path of a folder", fallback: "models")
}
