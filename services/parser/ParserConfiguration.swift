import ArgumentParser
import Foundation
import LogFormats
import ServiceKit

/// All that the parser service was told, checked.
struct ParserConfiguration: Sendable {
    var server: ServerConfiguration
    var models: String
    /// Folders with further log formats.
    var formats: [URL]
    /// Of lines that name no zone.
    var utcOffset: UTCOffset

    init(_ server: ServerOptions, _ parser: ParserOptions, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .parser, reader: &reader)
        models = reader.value(of: ParserSettings.models, flag: parser.models)
        formats = reader.value(of: ParserSettings.formats, flag: parser.formats).map { URL(filePath: $0) }
        utcOffset = reader.value(of: ParserSettings.utcOffset, flag: parser.utcOffset)
    }
}

/// The flags that only the parser has. Their values are texts: `ParserConfiguration` reads them with all other sources.
struct ParserOptions: ParsableArguments {
    @Option(name: ParserSettings.models.flag, help: ParserSettings.models.help)
    var models: String?

    @Option(name: ParserSettings.formats.flag, help: ParserSettings.formats.help)
    var formats: String?

    @Option(name: ParserSettings.utcOffset.flag, help: ParserSettings.utcOffset.help)
    var utcOffset: String?
}

enum ParserSettings {
    static let models = Setting.text(
        "models", "The folder with the model artifacts, whose frozen template tree models read.",
        expected: "the path of a folder", fallback: "models")
    static let formats = Setting.list(
        "formats", "Folders with log formats of your own; one of the same name takes the place of ours.",
        expected: "paths of folders with commas between them", fallback: [], fallbackText: "none")
    static let utcOffset = Setting(
        "utc-offset", "How far the clocks are from UTC that wrote time stamps without a zone.",
        expected: "an offset such as +02:00 or Z", fallback: UTCOffset.zero, fallbackText: "Z"
    ) { UTCOffset($0) }
}
