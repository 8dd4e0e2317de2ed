internal import ArgumentParser
internal import Foundation
internal import ProgramStart
internal import TocsinCore

/// The command-line tool: every tier in one process.
struct Tocsin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tocsin",
        abstract: "Says what kind of trouble log lines report.",
        discussion: """
            EXAMPLES
              tocsin analyze /var/log/syslog              a table of every line's class
              journalctl -n 1000 | tocsin analyze -       from standard input
              tocsin analyze app.log --only security_anomaly --min-confidence 0.8
              tocsin analyze --follow app.log             goes on as the file grows
              tocsin diff yesterday.log today.log         which messages are new, gone, grown or shrunk
              tocsin serve                                the page and the JSON endpoints, on this machine
              tocsin analyze app.log --output ndjson | jq .prediction.class_name
              tocsin analyze app.log --fail-on hardware_issue || page-somebody

            COMPLETION
              tocsin --generate-completion-script bash > ~/.local/share/bash-completion/completions/tocsin
              (zsh and fish likewise)

            The classes: \(AnomalyClass.allCases.map(\.name).joined(separator: ", ")).
            """,
        version: ProgramVersion.current,
        subcommands: [
            AnalyzeCommand.self, DiffCommand.self, ExplainCommand.self, ParseCommand.self, TemplatesCommand.self,
            EmbedCommand.self, TrainCommand.self, EvaluateCommand.self, ModelsCommand.self, ServeCommand.self,
        ])
}

/// Sees to the kernels that multiply matrices before anything else runs, which may start the program anew.
@main
enum Program {
    static func main() async {
        var reports: [String] = []
        ProgramStart.chooseOpenBLASCore { reports.append($0) }
        // Only what a new start could not mend is still here to be told.
        for report in reports { FileHandle.standardError.write(Data("tocsin: \(report)\n".utf8)) }
        await Tocsin.main()
    }
}
