internal import ArgumentParser
internal import Classification
internal import Edge
internal import Embedding
internal import Foundation
internal import LocalTiers
internal import LogFormats
internal import Logging
internal import Pipeline
internal import ServiceKit
internal import TocsinCore

/// `tocsin serve`: the page and the JSON endpoints, all tiers in this process.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the page and the JSON endpoints, every tier in this process.",
        discussion: """
            For one machine. Where many call, run the services (deploy/up), of which each scales by itself.

            EXAMPLES
              tocsin serve                                        then open http://127.0.0.1:5000/
              tocsin serve --http-port 8080 --precision int8
              tocsin-edge keys add --file keys.json --name team   shows an API key, this once
              tocsin serve --keys keys.json --https-host 0.0.0.0 --https-certificate web.pem --https-key web.key
            """)

    @OptionGroup(title: "Models") var folders: ProjectFolders

    @OptionGroup var engines: EngineOptions

    @OptionGroup var formatFolders: FormatFolders

    @Option(name: defaultModelSetting.flag, help: defaultModelSetting.help) var defaultModel: String?

    @Option(
        name: ServerSettings.environmentFile.flag, help: ServerSettings.environmentFile.help, completion: .file())
    var environmentFile: String?

    @OptionGroup(title: "HTTP") var http: HTTPOptions

    private static let defaultModelSetting = Setting.defaultModel(fallback: ModelName.ml)

    func run() async throws {
        let (edge, active) = try SettingsReader.read(
            configFile: nil, environmentFile: environmentFile, environment: ProcessInfo.processInfo.environment
        ) { (EmbeddedEdge(http, reader: &$0), $0.value(of: Self.defaultModelSetting, flag: defaultModel)) }
        let tiers = try await engines.tiers(
            folders, models: .all, defaultModel: active, formatDirectories: formatFolders.urls
        ) {
            Timestamp.Defaults(referenceSeconds: Int(Date.now.timeIntervalSince1970), offset: .zero)
        }
        try await edge.serve(tiers, logLevel: .notice) { address in
            FileHandle.standardError.write(Data("Tocsin is at \(address); end it with Ctrl-C.\n".utf8))
        }
    }
}
