internal import ArgumentParser
internal import Drain
internal import TocsinCore

/// `tocsin templates`: the templates of log files, and the files that keep them.
struct TemplatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "List, keep, merge and compare the templates of log files.",
        discussion: """
            A file is a log file, whose templates are mined, or a state: what 'export' writes, and what the parser \
            service keeps with --state. The templates of a running parser are shown by its gRPC method ListTemplates.

            EXAMPLES
              tocsin templates list /var/log/syslog              what is in there, most frequent first
              tocsin templates export app.log --to monday.state
              tocsin templates diff monday.state app.log         what is new, gone, grown or shrunk since
              tocsin templates merge a.state b.state --to all.state
            """,
        subcommands: [List.self, Export.self, Import.self, Merge.self, Diff.self], defaultSubcommand: List.self)

    /// How templates are shown.
    enum Output: String, CaseIterable, ExpressibleByArgument {
        case table, json, ndjson
    }

    struct OutputOptions: ParsableArguments {
        @Option(name: .shortAndLong, help: "How templates are shown.")
        var output = Output.table

        @Option(help: ArgumentHelp("The most templates to show.", valueName: "count"))
        var limit: Int?

        func validate() throws {
            if let limit, limit < 0 { throw ValidationError("--limit is \(limit), expected 0 or more") }
        }
    }

    struct Destination: ParsableArguments {
        @Option(help: ArgumentHelp("The state file to write.", valueName: "file"), completion: .file())
        var to: String
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the templates of files with their counts, times and samples.")
        @Argument(help: "Log files or states; - is standard input.", completion: .file()) var files = ["-"]
        @OptionGroup var options: OutputOptions

        func run() async throws {
            let tree = try await TemplateSource.tree(of: files)
            TemplateWriter(options.output).write(tree.summaries(), limit: options.limit)
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write the templates of files to a state file.")
        @Argument(help: "Log files or states; - is standard input.", completion: .file()) var files = ["-"]
        @OptionGroup var destination: Destination

        func run() async throws {
            try TemplateSource.write(try await TemplateSource.tree(of: files), to: destination.to)
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the templates of a state into another one, which is made where it is not there.",
            discussion: """
                As with the parser service: what both know is merged, names and pins go to the last writer. Run it \
                while no parser uses the state that is written.

                EXAMPLE
                  tocsin templates import exported.state --to /var/lib/tocsin/templates
                """)
        @Argument(help: "A state.", completion: .file()) var file: String
        @OptionGroup var destination: Destination

        func run() async throws {
            let imported = try TemplateSource.snapshot(at: file)
            try TemplateSource.write(imported.state, into: destination.to)
        }
    }

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make one state of several, as if one parser had read all their messages.")
        @Argument(help: "States or log files.", completion: .file()) var files: [String]
        @OptionGroup var destination: Destination

        func run() async throws {
            try TemplateSource.write(try await TemplateSource.tree(of: files), to: destination.to)
        }
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare the templates of two files: new, gone, grown and shrunk ones, the most telling first.",
            discussion: """
                Grown and shrunk go by the share of all messages. Ranked by the likelihood ratio G; P says how likely \
                such a difference is by chance.
                """)
        @Argument(help: "A state or a log file.", completion: .file()) var before: String
        @Argument(help: "A state or a log file; - is standard input.", completion: .file()) var after: String
        @OptionGroup var options: OutputOptions

        @Option(help: ArgumentHelp("Show only differences that are at most so likely by chance.", valueName: "p"))
        var maxP = 1.0

        func run() async throws {
            let old = try await TemplateSource.tree(of: [before])
            let new = try await TemplateSource.tree(of: [after])
            let comparison = TemplateComparison(before: old.state, after: new.state)
            TemplateWriter(options.output).write(comparison, maxP: maxP, limit: options.limit)
        }
    }
}
