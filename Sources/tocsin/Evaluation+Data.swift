internal import ArgumentParser
internal import Classification
internal import Drain
internal import Foundation
internal import LocalTiers
internal import LogFormats
internal import LogParsing
internal import Pipeline
internal import TocsinCore
internal import Training

/// How the figures of an evaluation are shown.
enum EvaluationOutput: String, CaseIterable, ExpressibleByArgument {
    case text, json, html

    func show(_ reports: [EvaluationReport], title: String) throws {
        switch self {
        case .text: for report in reports { print(report.markdown) }
        case .json: FileHandle.standardOutput.write(Data(try reports.json()))
        case .html: print(reports.html(title: title), terminator: "")
        }
    }
}

extension EvaluateCommand {
    /// Shows what the labelled lines are like.
    func reportOnData() throws {
        let parser = try LineParser(library: .standard(), frozenTree: FrozenTree(modelsDirectory: models))
        let lines =
            try LogHub(directory: options.logHubDirectory(), labels: options.labels).lines
            + Corpus(directory: options.corpus).lines
        let report = try DatasetReport(lines, parser: parser)
        print(report.html(title: "The labelled lines"), terminator: "")
    }

    /// Tests the explanations of one line of each LogHub template.
    func testDeletions() async throws {
        let logHub = try LogHub(directory: options.logHubDirectory(), labels: options.labels)
        var seen = Set<String>()
        let first = logHub.lines.filter { seen.insert($0.templateID ?? "").inserted }
        // In an order of chance, so that a part of them is of all sources.
        var generator = SeededGenerator(seed: seed)
        let lines = first.shuffled(using: &generator)
        var block = LineBlock()
        for line in lines { block.append(line.line) }

        let analyzer = LogAnalyzer(
            try await Tiers.local(modelsDirectory: models, encoderDirectory: options.encoder, precision: precision))
        var test = DeletionTest(analyzer, AnalysisRequest(model: model.rawValue), seed: seed)
        let progress = ProgressLine()
        let outcome = try await test.run(on: block, classes: lines.map(\.label), most: most) {
            progress.show("testing explanations", $0, of: most)
        }
        progress.end()
        guard let share = outcome.share else {
            throw ValidationError(
                "model '\(model.rawValue)' finds no anomaly of at least \(DeletionTest.fewestWords) words: "
                    + "there is nothing to test")
        }
        print(
            """
            of \(outcome.tested) anomalies that '\(model.rawValue)' found, \(outcome.passed) \
            (\(String(format: "%.1f", share * 100)) %) lose more of their class's probability without the three words that \
            add most than without three words of chance (mean of \(DeletionTest.randomRemovals))
            """)
    }
}
