internal import ArgumentParser
internal import Foundation

/// Folders of log formats beside ours.
struct FormatFolders: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder of log formats of your own; may be repeated. One of the same name takes the place of ours.",
            valueName: "dir"))
    var formats: [String] = []

    var urls: [URL] { formats.map { URL(filePath: $0, directoryHint: .isDirectory) } }
}
