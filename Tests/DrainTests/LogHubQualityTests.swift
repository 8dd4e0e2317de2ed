import Drain
import Foundation
import Testing
import TocsinCore

/// The bars of the parser on the 16 × 2,000 LogHub lines, against the corrected ground truth, with one configuration.
@Suite struct LogHubQualityTests {
    private static let directory = ProcessInfo.processInfo.environment["TOCSIN_DATASETS"]

    private static func sources() throws -> [(name: String, truth: ParsingGroundTruth)] {
        let folder = try #require(directory) + "/loghub_2k_corrected"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { file in
            let csv = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file)))
            return (String(file.prefix { $0 != "_" }), try #require(ParsingGroundTruth(csv: csv)))
        }
    }

    private static func shuffled(_ lines: [String]) -> [String] {
        var lines = lines
        var random = RandomMessages(seed: 1)
        for index in lines.indices.reversed() { lines.swapAt(index, random.number(below: index + 1)) }
        return lines
    }

    private static func check(_ scores: [ParsingMetrics]) {
        func mean(_ value: (ParsingMetrics) -> Double) -> Double {
            scores.map(value).reduce(0, +) / Double(scores.count)
        }
        #expect(scores.count == 16)
        #expect(mean(\.groupingAccuracy) >= 0.90)
        #expect(scores.allSatisfy { $0.groupingAccuracy >= 0.75 })
        #expect(mean(\.groupingF1) >= 0.85)
        #expect(mean(\.parsingAccuracy) >= 0.55)
        #expect(mean(\.templateF1) >= 0.60)
    }

    @Test(
        "each source alone reaches the bars",
        .enabled(if: directory != nil, "SKIPPED: TOCSIN_DATASETS does not name the data sets"))
    func alone() throws { Self.check(try Self.sources().map { $0.truth.score() }) }

    @Test(
        "all sources, shuffled into one tree, reach the bars",
        .enabled(if: directory != nil, "SKIPPED: TOCSIN_DATASETS does not name the data sets"))
    func shuffled() throws {
        let sources = try Self.sources()
        var tree = DrainTree()
        for line in Self.shuffled(sources.flatMap(\.truth.contents)) { _ = tree.add(line) }
        Self.check(sources.map { $0.truth.score(with: &tree) })
    }
}
