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
              tocsin analyze app.log.zst --multiline off          every line by itself

            A record is a line, or a line with its stack trace and continuations. The summary counts every record, also \
            those that --only and --min-confidence do not show. Files may be larger than memory, and compressed by \
            gzip, zstd or xz. A line without a year gets the latest one that puts it no later than a day after the \
            file's last change (after now, where the input is no file).
            """)

    @Argument(help: "The file to read; - is standard input.", completion: .file())
    var file: String

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

    @Option(help: "Numbers of the encoder: fp32, or int8: faster, and vectors, thus verdicts, close to those of fp32.")
    var precision = EncoderPrecision.fp32

    @Option(help: "Threads for the encoder.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard (0...1).contains(minConfidence) else {
            throw ValidationError("--min-confidence is \(minConfidence), expected a share from 0 to 1")
        }
        guard threads > 0 else { throw ValidationError("--threads is \(threads), expected at least 1") }
    }

    func run() async throws {
        let reader = try input.reader(path: file, multiline)
        let defaults = input.timestampDefaults(for: reader)
        var embedding = EmbeddingOptions()
        embedding.threads = threads
        let tiers = try await Tiers.local(
            modelsDirectory: folders.modelsDirectory(), encoderDirectory: folders.encoderDirectory(),
            precision: precision, embedding: embedding, formatDirectories: input.formatDirectories,
            timestampDefaults: { defaults })
        let wasFailClassSeen = try await analyze(reader, LogAnalyzer(tiers))
        if wasFailClassSeen { throw ExitCode(3) }
    }

    /// Shows the verdicts as they come, and whether one of them is of a class of `--fail-on`.
    private func analyze(_ reader: RecordReader, _ analyzer: LogAnalyzer) async throws -> Bool {
        var standardOutput = StandardOutput()
        var writer = output.makeWriter(colored: color.paints)
        var progress = InputProgress(name: reader.name, size: reader.size)
        var hasBegun = false
        var wasFailClassSeen = false
        let records = RecordQueue(reader)
        let analysis = try await analyzer.analyze(
            AnalysisRequest(model: model, forcedLogType: input.format), reading: { await records.next() }
        ) { chunk in
            let lines = await records.takeLines(chunk.results.count)
            if !hasBegun { writer.begin(model: chunk.model, to: &standardOutput) }
            hasBegun = true
            for (index, result) in chunk.results.enumerated() where isShown(result) {
                if case .success(let line) = result, failOn.contains(line.prediction.anomalyClass) {
                    wasFailClassSeen = true
                }
                let row = ReportRow(
                    line: lines[index].lowerBound, lastLine: lines[index].count > 1 ? lines[index].upperBound : nil,
                    raw: chunk.lines[index], result: result)
                writer.write(row, to: &standardOutput)
            }
            standardOutput.flush()
            progress.show(position: await reader.position, lines: lines.last?.upperBound ?? 0)
        }
        progress.end()
        if !hasBegun { writer.begin(model: analysis.model, to: &standardOutput) }
        writer.end(analysis, to: &standardOutput)
        standardOutput.flush()
        if let failure = await records.failure { throw failure }
        return wasFailClassSeen
    }

    /// Failures are always shown.
    private func isShown(_ result: ItemResult<LineAnalysis>) -> Bool {
        guard case .success(let line) = result else { return true }
        return line.prediction.confidence >= minConfidence
            && (only.isEmpty || only.contains(line.prediction.anomalyClass))
    }
}

/// The records of one input on their way through an analysis, which hands them back without their line numbers.
private actor RecordQueue {
    private let reader: RecordReader
    /// Where the records stood that were handed out and did not come back yet.
    private var lines: [ClosedRange<Int>] = []
    /// Why the input ended before its end: what was read is analysed all the same.
    private(set) var failure: InputError?

    init(_ reader: RecordReader) { self.reader = reader }

    func next() async -> LineBlock? {
        do throws(InputError) {
            guard let block = try await reader.next() else { return nil }
            lines += block.lines
            return block.records
        } catch {
            failure = error
            return nil
        }
    }

    /// Where the next records stood, in the order in which they were handed out.
    func takeLines(_ count: Int) -> [ClosedRange<Int>] {
        defer { lines.removeFirst(count) }
        return Array(lines.prefix(count))
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
