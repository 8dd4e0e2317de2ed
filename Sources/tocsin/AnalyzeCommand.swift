internal import AnalysisReport
internal import ArgumentParser
internal import Embedding
internal import Foundation
internal import LocalTiers
internal import LogFormats
internal import Pipeline
internal import Synchronization
internal import TocsinCore

/// `tocsin analyze`: the class of every line of a file, all tiers in this process.
struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Classify the lines of files or of standard input.",
        discussion: """
            EXAMPLES
              tocsin analyze /var/log/auth.log
              tocsin analyze app.log --only hardware_issue --only system_failure
              tocsin analyze app.log --output csv --min-confidence 0.9 > sure.csv
              kubectl logs web | tocsin analyze - --output ndjson
              tocsin analyze build.log --fail-on config_error     exits with 3 where a line is one
              tocsin analyze app.log.zst --multiline off          every line by itself
              tocsin analyze /var/log/auth.log*                   of several files, rows say which

            A record is a line, or a line with its stack trace and continuations. The summary counts every record of all \
            files, also those that --only and --min-confidence do not show. Files may be larger than memory, and \
            compressed by gzip, zstd or xz. A line without a year gets the latest one that puts it no later than a day \
            after the file's last change (after now, where the input is no file). A file that cannot be read to its end \
            does not keep the others from being read; the exit code is then 1.
            """)

    @Argument(help: "Files to read, one after the other; - is standard input.", completion: .file())
    var files: [String]

    @OptionGroup(title: "Models") var folders: ProjectFolders

    @Option(help: "The model that answers, one of those that 'tocsin models' lists. Default: ml.")
    var model: String?

    @OptionGroup var input: InputOptions

    @Option(help: Multiline.help)
    var multiline = Multiline.auto

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

    @OptionGroup var engines: EngineOptions

    func validate() throws {
        guard (0...1).contains(minConfidence) else {
            throw ValidationError("--min-confidence is \(minConfidence), expected a share from 0 to 1")
        }
    }

    func run() async throws {
        let timestampDefaults = FileDefaults()
        var analyzer: LogAnalyzer?
        var report = Report(
            writer: output.makeWriter(colored: color.paints, namesFiles: files.count > 1))
        var isWhole = true
        for file in files {
            do {
                let reader = try input.reader(path: file, multiline)
                timestampDefaults.value = input.timestampDefaults(for: reader)
                // Models are read once something is there for them to judge.
                if analyzer == nil { analyzer = try await makeAnalyzer(timestampDefaults) }
                guard let analyzer else { continue }
                try await analyze(reader, of: files.count > 1 ? file : nil, analyzer, &report)
            } catch let error as InputError {
                isWhole = false
                error.report()
            }
        }
        report.end()
        if !isWhole { throw ExitCode.failure }
        if report.wasFailClassSeen { throw ExitCode(3) }
    }

    private func makeAnalyzer(_ timestampDefaults: FileDefaults) async throws -> LogAnalyzer {
        LogAnalyzer(
            try await engines.tiers(folders, formatDirectories: input.formatDirectories) { timestampDefaults.value })
    }

    /// Shows the verdicts on one input as they come.
    ///
    /// - Throws: `InputError` where it could not be read to its end; what was read is shown and counted all the same.
    private func analyze(
        _ reader: RecordReader, of file: String?, _ analyzer: LogAnalyzer, _ report: inout Report
    ) async throws {
        var progress = InputProgress(name: reader.name, size: reader.size)
        defer { progress.end() }
        let records = RecordQueue(reader)
        let analysis = try await analyzer.analyze(
            AnalysisRequest(model: model, forcedLogType: input.format), reading: { await records.next() }
        ) { chunk in
            let places = await records.takePlaces(chunk.results.count)
            report.begin(model: chunk.model)
            for (index, result) in chunk.results.enumerated() where isShown(result) {
                if case .success(let line) = result, failOn.contains(line.prediction.anomalyClass) {
                    report.wasFailClassSeen = true
                }
                report.write(ReportRow(file: file, place: places[index], raw: chunk.lines[index], result: result))
            }
            report.flush()
            progress.show(position: await reader.position, lines: places.last?.lines.upperBound ?? 0)
        }
        let failure = await records.failure
        if failure == nil || analysis.work.lines > 0 { report.add(analysis) }
        if let failure { throw failure }
    }

    /// Failures are always shown.
    private func isShown(_ result: ItemResult<LineAnalysis>) -> Bool {
        guard case .success(let line) = result else { return true }
        return line.prediction.confidence >= minConfidence
            && (only.isEmpty || only.contains(line.prediction.anomalyClass))
    }
}

/// What is shown of all inputs, as it comes, and then of all together.
private struct Report {
    private var writer: any VerdictWriter
    private var output = StandardOutput()
    private var hasBegun = false
    /// Of all inputs that were read.
    private var analysis: Analysis?
    /// True once a row was shown whose class is one of `--fail-on`.
    var wasFailClassSeen = false

    init(writer: any VerdictWriter) { self.writer = writer }

    mutating func begin(model: ModelInfo) {
        if !hasBegun { writer.begin(model: model, to: &output) }
        hasBegun = true
    }

    mutating func write(_ row: ReportRow) { writer.write(row, to: &output) }

    mutating func flush() { output.flush() }

    mutating func add(_ other: Analysis) {
        if analysis == nil { analysis = other } else { analysis?.add(other) }
    }

    /// Shows what all lines amount to; nothing where no input could be read.
    mutating func end() {
        guard let analysis else { return }
        begin(model: analysis.model)
        writer.end(analysis, to: &output)
        output.flush()
    }
}

/// What stands for the year and zone that lines of the file at hand leave out.
private final class FileDefaults: Sendable {
    private let defaults = Mutex(Timestamp.Defaults())

    var value: Timestamp.Defaults {
        get { defaults.withLock { $0 } }
        set { defaults.withLock { $0 = newValue } }
    }
}

/// The records of one input on their way through an analysis, which hands them back without their places.
private actor RecordQueue {
    private let reader: RecordReader
    /// Where the records stood that were handed out and did not come back yet.
    private var places: [RecordPlace] = []
    /// Why the input ended before its end: what was read is analysed all the same.
    private(set) var failure: InputError?

    init(_ reader: RecordReader) { self.reader = reader }

    func next() async -> LineBlock? {
        do throws(InputError) {
            guard let block = try await reader.next() else { return nil }
            places += block.places
            return block.records
        } catch {
            failure = error
            return nil
        }
    }

    /// Where the next records stood, in the order in which they were handed out.
    func takePlaces(_ count: Int) -> [RecordPlace] {
        defer { places.removeFirst(count) }
        return Array(places.prefix(count))
    }
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
