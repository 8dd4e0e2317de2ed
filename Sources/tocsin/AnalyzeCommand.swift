internal import AnalysisReport
internal import ArgumentParser
internal import Foundation
internal import Pipeline
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
              tocsin analyze --follow app.log --only system_failure
              tocsin analyze app.log --output html > report.html
              tocsin analyze app.log --edge https://logs.example.org:8443 --ca ca.pem --key @key.txt

            A record is a line, or a line with its stack trace and continuations. The summary counts every record of all \
            files, also those that --only and --min-confidence do not show. Files may be larger than memory, and \
            compressed by gzip, zstd or xz. A line without a year gets the latest one that puts it no later than a day \
            after the file's last change (after now, where the input is no file). A file that cannot be read to its end \
            does not keep the others from being read; the exit code is then 1. --follow begins with the last \(FollowedFile.firstLines) \
            lines, goes on as the file grows, is rotated or cut, and sums up at Ctrl-C.
            """)

    @Argument(help: "Files to read, one after the other; - is standard input.", completion: .file())
    var files: [String]

    @Flag(
        name: [.customShort("F"), .long], help: "Go on as the file grows, also where it is rotated; ends with Ctrl-C.")
    var follow = false

    @OptionGroup var judge: AnalyzerOptions

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

    func validate() throws {
        guard (0...1).contains(minConfidence) else {
            throw ValidationError("--min-confidence is \(minConfidence), expected a share from 0 to 1")
        }
        if follow, files.count != 1 || files == ["-"] { throw Self.severalFollowed(files) }
    }

    private static func severalFollowed(_ files: [String]) -> ValidationError {
        ValidationError("--follow reads one file, and here are \(files.count): \(files.joined(separator: ", "))")
    }

    func run() async throws {
        let (files, isWholeList) = inputs()
        if follow, files.count > 1 { throw Self.severalFollowed(files) }
        let interruption = follow ? Interruption() : nil
        let timestampDefaults = FileDefaults()
        var analyzer: (any RecordAnalyzing)?
        var report = VerdictReport(
            writer: output.makeWriter(colored: color.paints, namesFiles: files.count > 1))
        var isWhole = isWholeList
        for file in files {
            do {
                let reader = try input.reader(
                    path: file, multiline, followingUntil: interruption, heartbeat: judge.heartbeat)
                timestampDefaults.value = input.timestampDefaults(for: reader)
                // Models are read once something is there for them to judge.
                if analyzer == nil { analyzer = try await judge.analyzer(input, timestampDefaults) }
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

    /// The files that the arguments name; false beside them where one names none.
    private func inputs() -> (files: [String], isWhole: Bool) {
        var (paths, isWhole) = ([String](), true)
        for file in files {
            do throws(InputError) { paths += try InputPaths.expand(file) } catch {
                isWhole = false
                error.report()
            }
        }
        return (paths, isWhole)
    }

    /// Shows the verdicts on one input as they come.
    ///
    /// - Throws: `InputError` where it could not be read to its end; what was read is shown and counted all the same.
    private func analyze(
        _ reader: RecordReader, of file: String?, _ analyzer: any RecordAnalyzing, _ report: inout VerdictReport
    ) async throws {
        var progress = InputProgress(name: reader.name, size: reader.size)
        defer { progress.end() }
        let records = RecordQueue(reader)
        let analysis = try await analyzer.analyze(
            AnalysisRequest(model: judge.model, forcedLogType: input.format), reading: { await records.next() }
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
            progress.show(position: reader.position, lines: places.last?.lines.upperBound ?? 0)
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
