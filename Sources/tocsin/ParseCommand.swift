internal import ArgumentParser
internal import Drain
internal import LogFormats
internal import LogParsing
internal import TocsinCore

/// `tocsin parse`: format, fields and template of every line, no model.
struct ParseCommand: AsyncParsableCommand {
    /// How parsed lines are shown.
    enum Output: String, CaseIterable, ExpressibleByArgument {
        case ndjson, table, csv
    }

    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Detect the format of lines, cut out their fields and mine their templates.",
        discussion: """
            EXAMPLES
              tocsin parse /var/log/syslog | jq -r .template | sort | uniq -c | sort -rn
              tocsin parse app.log --format Hadoop --output table
              zcat old.log.gz | tocsin parse - --output csv > old.csv
            """)

    @Argument(help: "Files to read, one after the other; - is standard input.", completion: .file())
    var files = ["-"]

    @Option(help: ArgumentHelp("The log type of all lines, such as HDFS. Default: detected.", valueName: "log type"))
    var format: String?

    @Option(name: .shortAndLong, help: "How lines are shown.")
    var output = Output.ndjson

    func run() async throws {
        let parser = LineParser(library: try .standard(), frozenTree: FrozenTree(typedTexts: []))
        var standardOutput = StandardOutput()
        var writer = ParsedLineWriter(output)
        writer.begin(to: &standardOutput)
        for file in files {
            let reader = try LineReader(path: file)
            var line = 1
            while let block = try await reader.next() {
                let parsed = try parser.parse(ParseBatch(lines: block, forcedLogType: format))
                for result in parsed.lines {
                    writer.write(line: line, result, to: &standardOutput)
                    line += 1
                }
                standardOutput.flush()
            }
        }
    }
}
