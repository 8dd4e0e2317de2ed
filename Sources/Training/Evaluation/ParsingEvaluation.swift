internal import Drain
internal import Foundation
internal import TocsinCore

/// How well templates are mined: the four measures of the log-parsing benchmark on each LogHub source, with one
/// configuration for all.
public struct ParsingEvaluation: Sendable {
    /// A ground truth for the templates of LogHub's lines.
    public enum Truth: String, CaseIterable, Sendable {
        /// LogHub's own.
        case original
        /// With its errors corrected (Khan et al., ICSE 2022).
        case corrected

        func path(of source: String, in datasets: String) -> String {
            switch self {
            case .original: "\(datasets)/loghub_2k/\(source)_2k.log_structured.csv"
            case .corrected: "\(datasets)/loghub_2k_corrected/\(source)_2k.log_structured_corrected.csv"
            }
        }
    }

    /// One source's figures against one ground truth.
    struct Row {
        var source: String
        /// The source in a tree of its own, as the benchmark does it.
        var alone: ParsingMetrics
        /// All sources, shuffled, in one tree.
        var mixed: ParsingMetrics

        /// In the order of the table's columns.
        var measures: [Double] {
            [alone, mixed].flatMap { [$0.groupingAccuracy, $0.parsingAccuracy, $0.groupingF1, $0.templateF1] }
        }
    }

    let truth: Truth
    private(set) var rows: [Row] = []

    /// Mines the templates of all sources and compares them with `truth`.
    ///
    /// - Parameter datasets: the folder that holds `loghub_2k/` and `loghub_2k_corrected/`.
    public init(_ truth: Truth, datasets: String) throws(DataError) {
        self.truth = truth
        var sources: [(name: String, truth: ParsingGroundTruth)] = []
        for source in LogHub.sources {
            sources.append((source, try Self.read(truth.path(of: source, in: datasets))))
        }
        var generator = SeededGenerator(seed: 1)
        var tree = DrainTree()
        for content in sources.flatMap(\.truth.contents).shuffled(using: &generator) { _ = tree.add(content) }
        for source in sources {
            rows.append(
                Row(source: source.name, alone: source.truth.score(), mixed: source.truth.score(with: &tree)))
        }
    }

    private static func read(_ path: String) throws(DataError) -> ParsingGroundTruth {
        let file: Data
        do { file = try Data(contentsOf: URL(filePath: path)) } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
        guard let truth = ParsingGroundTruth(csv: [UInt8](file)), !truth.contents.isEmpty else {
            throw .malformedRow(path: path, line: 1, reason: "there are no columns Content and EventTemplate")
        }
        return truth
    }

    /// A table for a terminal and for Markdown alike.
    public var markdown: String {
        var text = """
            ## Parsing against the \(truth.rawValue) ground truth

            GA grouping accuracy, PA parsing accuracy, FGA and FTA F1 of groups and of templates; one configuration. \
            Left a tree for each source, right all sources shuffled into one tree.

            | source | GA | PA | FGA | FTA | GA, one tree | PA | FGA | FTA |
            |---|---|---|---|---|---|---|---|---|

            """
        for row in rows { text += Self.line(row.source, row.measures) }
        let means = (0..<8).map { column in rows.reduce(0) { $0 + $1.measures[column] } / Double(rows.count) }
        return text + Self.line("mean", means)
    }

    private static func line(_ name: String, _ values: [Double]) -> String {
        "| \(name) |" + values.map { " \(String(format: "%.3f", $0)) |" }.joined() + "\n"
    }
}
