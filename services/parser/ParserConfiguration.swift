import ArgumentParser
import Drain
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
    /// Empty: no snapshots.
    var state: String
    var stateInterval: Duration
    var maxTemplates: Int
    var peers: Replicas
    var syncInterval: Duration

    init(_ server: ServerOptions, _ parser: ParserOptions, reader: inout SettingsReader) {
        self.server = ServerConfiguration(server, defaults: .parser, reader: &reader)
        models = reader.value(of: ParserSettings.models, flag: parser.models)
        formats = reader.value(of: ParserSettings.formats, flag: parser.formats).map { URL(filePath: $0) }
        utcOffset = reader.value(of: ParserSettings.utcOffset, flag: parser.utcOffset)
        state = reader.value(of: ParserSettings.state, flag: parser.state)
        stateInterval = reader.value(of: ParserSettings.stateInterval, flag: parser.stateInterval)
        maxTemplates = reader.value(of: ParserSettings.maxTemplates, flag: parser.maxTemplates)
        peers = reader.value(of: ParserSettings.peers, flag: parser.peers)
        syncInterval = reader.value(of: ParserSettings.syncInterval, flag: parser.syncInterval)
        for (name, value) in [("state-interval", stateInterval), ("sync-interval", syncInterval)]
        where value < .milliseconds(50) {
            reader.refuse("\(name) is \(value), expected 50ms or more: less would keep the parser busy with itself")
        }
    }

    var drain: DrainConfiguration {
        var drain = DrainConfiguration()
        drain.maxTemplates = maxTemplates
        return drain
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
    @Option(name: ParserSettings.state.flag, help: ParserSettings.state.help)
    var state: String?

    @Option(name: ParserSettings.stateInterval.flag, help: ParserSettings.stateInterval.help)
    var stateInterval: String?

    @Option(name: ParserSettings.maxTemplates.flag, help: ParserSettings.maxTemplates.help)
    var maxTemplates: String?

    @Option(name: ParserSettings.peers.flag, help: ParserSettings.peers.help)
    var peers: String?

    @Option(name: ParserSettings.syncInterval.flag, help: ParserSettings.syncInterval.help)
    var syncInterval: String?
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
    static let state = Setting.text(
        "state",
        "Where the live templates are kept over restarts, a file of this parser's own. One that is damaged or of a "
            + "later version is set aside as FILE.unusable-TIME, and the templates start empty.",
        expected: "the path of a file", fallback: "", fallbackText: "nowhere")
    static let stateInterval = Setting.duration(
        "state-interval", "How often changed templates are written there: what a crash may lose.",
        fallback: .seconds(30))
    static let maxTemplates = Setting.number(
        "max-templates",
        "Most live templates; one more evicts the one not seen for longest that no user pinned, on this parser alone. "
            + "More takes more memory, 1 to 10 KiB each.",
        in: 16...1_000_000, fallback: DrainConfiguration().maxTemplates)
    static let peers = Setting(
        "peers",
        "The other replicas, which are asked for their templates; a host name stands for all its addresses, and this "
            + "parser itself may be among them. Their certificates must be authorized callers of one another.",
        expected: "host:port, or several with commas between them", fallback: Replicas([]), fallbackText: "none",
        parse: Replicas.init)
    static let syncInterval = Setting.duration(
        "sync-interval", "How often each peer is asked; one that is away is asked ever more rarely, up to 30s.",
        fallback: .seconds(1))
}
