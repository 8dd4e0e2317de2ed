internal import ArgumentParser
internal import Drain
internal import Foundation
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
              tocsin parse /var/log/auth.log* --output csv > auth.csv      .gz, .zst and .xz are unpacked
              kubectl logs -f web | tocsin parse - --multiline auto        stack traces become one record each
              tocsin parse app.log --formats my-formats                    with log formats of your own

            A row has line, log_type, format_confidence, timestamp, host, component, pid, level, parsed_content, \
            template, typed_template, template_id, parameters and fields. Where they say something it has also: \
            file (several are read), lines (of a joined record, with raw), part (of one that was cut), raw and raw_base64 (the text is not UTF-8), \
            truncated, warnings.

            A line without a year gets the latest one that puts it no later than a day after the file's last change \
            (after now, where the input is no file); one without a zone is taken to be at --utc-offset. Of a line the \
            first 65536 bytes are read. Files may be larger than memory. A file that cannot be read to its end does not \
            keep the others from being read; the exit code is then 1.
            """)

    @Argument(help: "Files to read, one after the other; - is standard input.", completion: .file())
    var files = ["-"]

    @OptionGroup var input: InputOptions

    @Option(help: Multiline.help)
    var multiline = Multiline.off

    @Option(name: .shortAndLong, help: "How lines are shown.")
    var output = Output.ndjson

    func run() async throws {
        let parser = LineParser(
            library: try .standard(adding: input.formatFolders.urls), frozenTree: FrozenTree(typedTexts: []))
        let namesFiles = files.count > 1
        var writer = ParsedLineWriter(output, namesFiles: namesFiles)
        var standardOutput = StandardOutput()
        writer.begin(to: &standardOutput)
        var isWhole = true
        for file in files {
            do {
                try await parse(file, namesFiles, parser, &writer, &standardOutput)
            } catch let error as InputError {
                isWhole = false
                error.report()
            }
        }
        standardOutput.flush()
        if !isWhole { throw ExitCode.failure }
    }

    private func parse(
        _ file: String, _ namesFiles: Bool, _ parser: LineParser, _ writer: inout ParsedLineWriter,
        _ output: inout StandardOutput
    ) async throws {
        let reader = try input.reader(path: file, multiline)
        let defaults = input.timestampDefaults(for: reader)
        var progress = InputProgress(name: reader.name, size: reader.size)
        defer { progress.end() }
        while let block = try await reader.next() {
            let batch = ParseBatch(lines: block.records, forcedLogType: input.format)
            let parsed = try parser.parse(batch, timestampDefaults: defaults)
            for (index, result) in parsed.lines.enumerated() {
                writer.write(
                    ParsedLineWriter.Row(
                        file: namesFiles ? file : nil, place: block.places[index], raw: block.records[index],
                        result: result),
                    to: &output)
            }
            output.flush()
            progress.show(position: reader.position, lines: block.lastLine)
        }
    }
}
