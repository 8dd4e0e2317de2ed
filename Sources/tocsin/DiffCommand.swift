internal import AnalysisReport
internal import ArgumentParser
internal import LocalTiers
internal import Pipeline
internal import TocsinCore

/// `tocsin diff`: what changed between two logs.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show which messages are new, gone, grown or shrunk in one log than in another.",
        discussion: """
            Messages are told apart by their templates, and each template has the class that most of its lines have. \
            The list begins with what is least likely to be chance: the larger the likelihood ratio G of two shares \
            over one, the higher it stands; P is how likely such a G is where nothing changed.

            EXAMPLES
              tocsin diff before-deploy.log after-deploy.log
              tocsin diff monday.log.gz tuesday.log.gz --only system_failure --max-p 0.001
              tocsin diff good.log bad.log --output json | jq '.changes[0]'
              ssh web2 cat app.log | tocsin diff app.log -      two machines
            """)

    @Argument(help: "The log to compare with; - is standard input.", completion: .file())
    var before: String

    @Argument(help: "The log whose changes are shown; - is standard input.", completion: .file())
    var after: String

    @Option(help: "The model that answers, one of those that 'tocsin models' lists. Default: the active one.")
    var model: String?

    @OptionGroup(title: "Models") var folders: ProjectFolders

    @OptionGroup var engines: EngineOptions

    @OptionGroup var input: InputOptions

    @Option(help: Multiline.help)
    var multiline = Multiline.auto

    @Option(name: .shortAndLong, help: "How changes are shown.")
    var output = ChangeWriter.Format.table

    @Option(help: ArgumentHelp("Show templates of this class only; may be repeated.", valueName: "class"))
    var only: [AnomalyClass] = []

    @Option(help: ArgumentHelp("Show what is at most this likely to be chance.", valueName: "p"))
    var maxP = 0.05

    @Option(help: ArgumentHelp("The most changes to show.", valueName: "count"))
    var limit: Int?

    @Option(help: "Colours: auto paints a terminal unless NO_COLOR is set.")
    var color = ColorChoice.auto

    func validate() throws {
        guard (0...1).contains(maxP) else { throw ValidationError("--max-p is \(maxP), expected a share from 0 to 1") }
        if let limit, limit < 0 { throw ValidationError("--limit is \(limit), expected 0 or more") }
        if before == "-", after == "-" {
            throw ValidationError("both logs are standard input, expected a file for one of them")
        }
    }

    func run() async throws {
        let readers = [try input.reader(path: before, multiline), try input.reader(path: after, multiline)]
        let defaults = FileDefaults()
        let analyzer = LogAnalyzer(
            try await engines.tiers(
                folders, models: .answering(self.model), formatDirectories: input.formatFolders.urls
            ) { defaults.value })
        var sides: [TemplateCounts] = []
        var model: ModelInfo?
        for reader in readers {
            defaults.value = input.timestampDefaults(for: reader)
            let (counts, answering) = try await count(reader, analyzer)
            sides.append(counts)
            model = answering
        }
        guard let model else { return }
        let changes = TemplateChange.between(sides[0], and: sides[1]).filter { change in
            change.change.pValue <= maxP && (only.isEmpty || only.contains(change.anomalyClass))
        }
        var writer = ChangeWriter(output, isColored: color.paints)
        writer.write(
            ChangeWriter.Comparison(model: model, before: sides[0], after: sides[1], changes: changes), limit: limit)
    }

    /// How often each template occurs in an input, and the model that judged its lines.
    private func count(_ reader: RecordReader, _ analyzer: LogAnalyzer) async throws -> (TemplateCounts, ModelInfo) {
        var progress = InputProgress(name: reader.name, size: reader.size)
        defer { progress.end() }
        let records = RecordQueue(reader)
        var counts = TemplateCounts()
        let analysis = try await analyzer.analyze(
            AnalysisRequest(model: model, forcedLogType: input.format), reading: { await records.next() }
        ) { chunk in
            for (line, result) in zip(chunk.lines, chunk.results) { counts.add(result, raw: line) }
            let places = await records.takePlaces(chunk.results.count)
            progress.show(position: reader.position, lines: places.last?.lines.upperBound ?? 0)
        }
        // A log that was read in part alone would seem to lack what it does not.
        if let failure = await records.failure { throw failure }
        return (counts, analysis.model)
    }
}
