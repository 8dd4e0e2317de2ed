internal import AnalysisReport
internal import ArgumentParser
internal import Embedding
internal import Foundation
internal import LocalTiers
internal import Pipeline
internal import TocsinCore

/// `tocsin analyze`: the class of every line of a file, all tiers in this process.
struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Classify the lines of a file or of standard input.",
        discussion: """
            EXAMPLES
              tocsin analyze /var/log/auth.log
              tocsin analyze app.log --only hardware_issue --only system_failure
              tocsin analyze app.log --output csv --min-confidence 0.9 > sure.csv
              kubectl logs web | tocsin analyze - --output ndjson
              tocsin analyze build.log --fail-on config_error     exits with 3 where a line is one

            The summary counts every line, also those that --only and --min-confidence do not show. Files may be larger \
            than memory.
            """)

    @Argument(help: "The file to read; - is standard input.", completion: .file())
    var file: String

    @OptionGroup(title: "Models") var folders: ProjectFolders

    @Option(help: "The model that answers: ml.")
    var model: String?

    @Option(help: ArgumentHelp("The log type of all lines, such as HDFS. Default: detected.", valueName: "log type"))
    var format: String?

    @Option(name: .shortAndLong, help: "How verdicts are shown.")
    var output = OutputFormat.table

    @Option(help: ArgumentHelp("Show lines of this class only; may be repeated.", valueName: "class"))
    var only: [AnomalyClass] = []

    @Option(help: ArgumentHelp("Show lines only from this confidence up, 0 to 1.", valueName: "share"))
    var minConfidence: Float = 0

    @Option(help: ArgumentHelp("Exit with 3 where a shown line has this class; may be repeated.", valueName: "class"))
    var failOn: [AnomalyClass] = []

    @Option(help: "Colours: auto paints a terminal unless NO_COLOR is set.")
    var color = ColorChoice.auto

    @Option(help: "Threads for the encoder.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard (0...1).contains(minConfidence) else {
            throw ValidationError("--min-confidence is \(minConfidence), expected a share from 0 to 1")
        }
        guard threads > 0 else { throw ValidationError("--threads is \(threads), expected at least 1") }
    }

    func run() async throws {
        let reader = try LineReader(path: file)
        var embedding = EmbeddingOptions()
        embedding.threads = threads
        let tiers = try await Tiers.local(
            modelsDirectory: folders.modelsDirectory(), encoderDirectory: folders.encoderDirectory(),
            embedding: embedding)
        let wasFailClassSeen = try await analyze(reader, LogAnalyzer(tiers))
        if wasFailClassSeen { throw ExitCode(3) }
    }

    /// Shows the verdicts as they come, and whether one of them is of a class of `--fail-on`.
    private func analyze(_ reader: LineReader, _ analyzer: LogAnalyzer) async throws -> Bool {
        var standardOutput = StandardOutput()
        var writer = output.makeWriter(colored: color.paints)
        let progress = showsProgress ? ProgressLine() : nil
        var hasBegun = false
        var wasFailClassSeen = false
        let analysis = try await analyzer.analyze(
            AnalysisRequest(model: model, forcedLogType: format), reading: { try await reader.next() }
        ) { chunk in
            if !hasBegun { writer.begin(model: chunk.model, to: &standardOutput) }
            hasBegun = true
            for (index, result) in chunk.results.enumerated() where isShown(result) {
                if case .success(let line) = result, failOn.contains(line.prediction.anomalyClass) {
                    wasFailClassSeen = true
                }
                let row = ReportRow(line: chunk.firstLine + index, raw: chunk.lines[index], result: result)
                writer.write(row, to: &standardOutput)
            }
            standardOutput.flush()
            if let size = reader.size { progress?.show("bytes", min(await reader.position, size), of: size) }
        }
        progress?.end()
        if !hasBegun { writer.begin(model: analysis.model, to: &standardOutput) }
        writer.end(analysis, to: &standardOutput)
        standardOutput.flush()
        return wasFailClassSeen
    }

    /// Failures are always shown.
    private func isShown(_ result: ItemResult<LineAnalysis>) -> Bool {
        guard case .success(let line) = result else { return true }
        return line.prediction.confidence >= minConfidence
            && (only.isEmpty || only.contains(line.prediction.anomalyClass))
    }

    /// Rows that scroll by on the terminal say enough themselves.
    private var showsProgress: Bool { isatty(STDERR_FILENO) == 1 && !StandardOutput.isTerminal }
}

/// Whether output is painted.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never

    var paints: Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: StandardOutput.isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        }
    }
}
