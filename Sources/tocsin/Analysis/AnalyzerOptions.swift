internal import ArgumentParser
internal import EdgeClient
internal import Foundation
internal import LocalTiers
internal import LogFormats
internal import Pipeline

/// Who judges: the engines in this process, or an edge that runs elsewhere.
struct AnalyzerOptions: ParsableArguments {
    @Option(help: "The model that answers, one of those that 'tocsin models' lists. Default: the active one.")
    var model: String?

    @OptionGroup(title: "Engines in this process") var folders: ProjectFolders

    @OptionGroup(title: "Engines in this process") var engines: EngineOptions

    @Option(
        help: ArgumentHelp(
            "Have the edge at this URL judge, over http or https; its formats and clocks count then.",
            valueName: "url"))
    var edge: EdgeAddress?

    @Option(
        help: ArgumentHelp(
            "The authority that signed the edge's certificate. Default: those that the system trusts.",
            valueName: "pem file"))
    var ca: String?

    @Option(
        help: ArgumentHelp(
            "An API key of the edge, or @FILE with one in it. Default: what TOCSIN_API_KEY holds.", valueName: "key"))
    var key: String?

    func validate() throws {
        if edge == nil, ca != nil || key != nil {
            throw ValidationError("--ca and --key are about an edge, expected --edge with its URL")
        }
        if edge != nil, folders.models != nil || folders.encoder != nil || engines.areGiven {
            throw ValidationError(
                "--models, --encoder, --precision and --threads are about engines in this process, which --edge does "
                    + "without")
        }
        if let edge, !edge.isSecure, ca != nil {
            throw ValidationError("--ca is about HTTPS, and the edge's URL begins with http:")
        }
    }

    /// How often an edge is to hear that more may come: it closes a connection that brings nothing for half a minute. Nil
    /// where nobody is far away.
    var heartbeat: Duration? { edge == nil ? nil : .seconds(10) }

    func analyzer(_ input: InputOptions, _ defaults: FileDefaults) async throws -> any RecordAnalyzing {
        guard let edge else {
            return LogAnalyzer(
                try await engines.tiers(
                    folders, models: .answering(model), formatDirectories: input.formatFolders.urls
                ) { defaults.value })
        }
        guard input.formatFolders.urls.isEmpty, input.utcOffset == .zero else {
            throw CommandError(
                "--formats and --utc-offset are the edge's own settings, expected them without --edge")
        }
        return EdgeAnalyzer(try EdgeClient(edge, authority: ca, key: try apiKey()))
    }

    private func apiKey() throws -> String? {
        guard let key else { return ProcessInfo.processInfo.environment["TOCSIN_API_KEY"] }
        guard key.hasPrefix("@") else { return key }
        let path = String(key.dropFirst())
        do {
            return try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw CommandError("the file '\(path)' of --key cannot be read: \(error.localizedDescription)")
        }
    }
}
