internal import AnalysisReport
internal import ArgumentParser
internal import Foundation
internal import JSONText
internal import LocalTiers
internal import LogFormats
internal import Pipeline
internal import TocsinCore

/// `tocsin explain`: why lines have their verdicts.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why lines have their class: words, features, the nearest known templates.",
        discussion: """
            EXAMPLES
              tocsin explain app.log --line 2041          the record that the line belongs to
              tail -n 1 app.log | tocsin explain
              tocsin explain app.log --line 7 --class network_anomaly    what speaks for and against that class
              tocsin explain app.log --line 7 --model lora --output json

            Without --line the first \(LogAnalyzer.maxExplainedLines) records are explained. Words are those of the text \
            that the models read, which is made of the line's level, component and message: above 0 they speak for the \
            class.
            """)

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file = "-"

    @Option(help: "The number of the line that is explained.")
    var line: Int?

    @OptionGroup(title: "Models") var folders: ProjectFolders

    @Option(help: "The model that answers, one of those that 'tocsin models' lists. Default: the active one.")
    var model: String?

    @Option(name: .customLong("class"), help: "The class that is explained. Default: the one that the line is given.")
    var anomalyClass: AnomalyClass?

    @OptionGroup var input: InputOptions

    @Option(help: Multiline.help)
    var multiline = Multiline.auto

    @Option(name: .shortAndLong, help: "table for people, json as the edge's /v1/logs:explain answers.")
    var output = Format.table

    @Option(help: "Colours: auto paints a terminal unless NO_COLOR is set.")
    var color = ColorChoice.auto

    @OptionGroup var engines: EngineOptions

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case table, json
    }

    func validate() throws {
        guard line.map({ $0 > 0 }) ?? true else { throw ValidationError("--line is below 1, expected 1 or more") }
    }

    func run() async throws {
        let reader = try input.reader(path: file, multiline)
        let defaults = input.timestampDefaults(for: reader)
        let chosen = try await records(of: reader)
        let analyzer = LogAnalyzer(
            try await engines.tiers(folders, models: .all, formatDirectories: input.formatFolders.urls) { defaults })
        let explanation = try await analyzer.explain(
            chosen.records, AnalysisRequest(model: model, forcedLogType: input.format), of: anomalyClass)
        var output = StandardOutput()
        switch self.output {
        case .table:
            let writer = ExplanationWriter(colored: color.paints, width: StandardOutput.columns ?? 100)
            for (index, line) in explanation.lines.enumerated() {
                if index > 0 { output.write("\n") }
                writer.write(
                    line, of: chosen.records[index], place: chosen.places[index], model: explanation.model, to: &output)
            }
        case .json:
            var json = JSONWriter()
            json.object { explanation.writeMembers(to: &$0, records: chosen.records, places: chosen.places) }
            json.newline()
            output.write(json.bytes)
        }
        output.flush()
    }

    /// The record of the line that was named, or the first ones.
    private func records(of reader: RecordReader) async throws -> RecordBlock {
        var chosen = RecordBlock()
        while let block = try await reader.next() {
            for (record, place) in zip(block.records, block.places) {
                if let line, !place.lines.contains(line) { continue }
                chosen.records.append(record)
                chosen.places.append(place)
                if line != nil { return chosen }
                if chosen.places.count == LogAnalyzer.maxExplainedLines {
                    let note = "tocsin: the first \(chosen.places.count) records are explained; --line names another\n"
                    FileHandle.standardError.write(Data(note.utf8))
                    return chosen
                }
            }
        }
        guard !chosen.places.isEmpty else {
            throw CommandError(line.map { "\(reader.name) has no line \($0)" } ?? "\(reader.name) has no lines")
        }
        return chosen
    }
}
