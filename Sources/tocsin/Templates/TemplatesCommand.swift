internal import ArgumentParser
internal import Drain
internal import TocsinCore

/// `tocsin templates`: the templates of log files and of running parsers, and the files that keep them.
struct TemplatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "List, keep, merge, compare and change templates of log files and of running parsers.",
        discussion: """
            A file is a log file, whose templates are mined, or a state: what 'export' writes, and what the parser \
            service keeps with --state. A running parser is named by --parser and called over mutual TLS, with a \
            certificate that it accepts (its --authorized-callers); the options for certificates may also be set by \
            TOCSIN_TLS_CERTIFICATE, TOCSIN_TLS_KEY and TOCSIN_TLS_CA.

            EXAMPLES
              tocsin templates list /var/log/syslog              what is in there, most frequent first
              tocsin templates export app.log --to monday.state
              tocsin templates diff monday.state app.log         what is new, gone, grown or shrunk since
              tocsin templates merge a.state b.state --to all.state

              export TOCSIN_TLS_CERTIFICATE=client.pem TOCSIN_TLS_KEY=client.key TOCSIN_TLS_CA=ca.pem
              tocsin templates list --parser 127.0.0.1:50051
              tocsin templates rename 3fa1 --name "disk full" --parser 127.0.0.1:50051
              tocsin templates diff monday.state --parser 127.0.0.1:50051
              tocsin templates import monday.state --parser 127.0.0.1:50051
            """,
        subcommands: [
            List.self, Export.self, Import.self, Merge.self, Diff.self, Pin.self, Unpin.self, Rename.self, Delete.self,
        ], defaultSubcommand: List.self)

    /// How templates are shown.
    enum Output: String, CaseIterable, ExpressibleByArgument {
        case table, json, ndjson
    }

    struct OutputOptions: ParsableArguments {
        @Option(name: .shortAndLong, help: "How templates are shown.")
        var output = Output.table

        @Option(help: ArgumentHelp("The most templates to show.", valueName: "count"))
        var limit: Int?

        @Flag(inversion: .prefixedNo, help: "Hide passwords, tokens, e-mail addresses and card numbers.")
        var redact = true

        var writer: TemplateWriter { TemplateWriter(output, redacts: redact) }

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
            abstract: "Show templates with their counts, times and samples.")
        @OptionGroup var sources: TemplateSources
        @OptionGroup var options: OutputOptions

        func run() async throws {
            let tree = try await TemplateSource.tree(of: sources.all())
            options.writer.write(tree.summaries(), limit: options.limit)
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write templates to a state file.")
        @OptionGroup var sources: TemplateSources
        @OptionGroup var destination: Destination

        func run() async throws {
            try StateFile.write(try await TemplateSource.tree(of: sources.all()), to: destination.to)
        }
    }

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make one state of several, as if one parser had read all their messages.")
        @OptionGroup var sources: TemplateSources
        @OptionGroup var destination: Destination

        func run() async throws {
            try StateFile.write(try await TemplateSource.tree(of: sources.all()), to: destination.to)
        }
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare two sources' templates: new, gone, grown and shrunk ones, the most telling first.",
            discussion: """
                Grown and shrunk go by the share of all messages. Ranked by the likelihood ratio G; P says how likely \
                such a difference is by chance. Name what was before and what is after: two files, or a file and \
                --parser.
                """)
        @OptionGroup var sources: TemplateSources
        @OptionGroup var options: OutputOptions

        @Option(help: ArgumentHelp("Show only differences that are at most so likely by chance.", valueName: "p"))
        var maxP = 1.0

        func validate() throws {
            let count = sources.files.count + (sources.parser == nil ? 0 : 1)
            guard count == 2 else {
                throw ValidationError("\(count) sources are named, expected two: files, or a file and --parser")
            }
        }

        func run() async throws {
            let both = try sources.all()
            let old = try await TemplateSource.tree(of: [both[0]])
            let new = try await TemplateSource.tree(of: [both[1]])
            let comparison = TemplateComparison(before: old.state, after: new.state)
            options.writer.write(comparison, maxP: maxP, limit: options.limit)
        }
    }
}
