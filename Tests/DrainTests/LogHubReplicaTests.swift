import Drain
import Foundation
import Testing
import TocsinCore

/// Replicas that read parts of LogHub's lines, beside one parser that reads all of them.
@Suite struct LogHubReplicaTests {
    private static let directory = ProcessInfo.processInfo.environment["TOCSIN_DATASETS"]

    private static func contents() throws -> [String] {
        let folder = try #require(directory) + "/loghub_2k_corrected"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().flatMap { file in
            let csv = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file)))
            return try #require(ParsingGroundTruth(csv: csv)).contents
        }
    }

    private static func shuffled(_ lines: [String], _ seed: UInt64) -> [String] {
        var lines = lines
        var random = RandomMessages(seed: seed &* 0x9E37_79B9_7F4A_7C15)
        for index in lines.indices.reversed() { lines.swapAt(index, random.number(below: index + 1)) }
        return lines
    }

    /// One tree, or three that read thirds and exchange all they know.
    private static func trees(_ count: Int, reading lines: [String]) -> [DrainTree] {
        var trees = (0..<count).map { DrainTree(replica: "replica \($0)") }
        for (index, line) in lines.enumerated() { _ = trees[index % count].add(line) }
        for _ in 0..<(count > 1 ? 2 : 0) {
            let states = trees.map(\.state)
            for index in trees.indices {
                for other in states.indices where other != index { trees[index].merge(states[other]) }
            }
        }
        return trees
    }

    @Test(
        "three replicas become equal, as near to one parser as that one is to itself in another order",
        .enabled(if: directory != nil, "SKIPPED: TOCSIN_DATASETS does not name the data sets"))
    func closeness() throws {
        let contents = try Self.contents()
        var single: [[String]] = []
        var merged: [[String]] = []
        for seed: UInt64 in 1...5 {
            let lines = Self.shuffled(contents, seed)
            var one = Self.trees(1, reading: lines)[0]
            single.append(contents.map { one.match($0)?.id ?? "" })
            var three = Self.trees(3, reading: lines)
            #expect(Set(three.map { $0.summaries() }).count == 1)
            #expect(three[0].summaries().reduce(0) { $0 + $1.count } == UInt64(contents.count))
            merged.append(contents.map { three[0].match($0)?.id ?? "" })
            // Every line that was read has a template still.
            #expect(!merged[merged.count - 1].contains(""))
        }
        var amongSingle: [GroupingAgreement] = []
        for (index, one) in single.enumerated() {
            for other in single[..<index] { amongSingle.append(GroupingAgreement(one, other)) }
        }
        let toMerged = merged.flatMap { merged in single.map { GroupingAgreement($0, merged) } }
        #expect(toMerged.mean(\.pairwiseF1) >= amongSingle.mean(\.pairwiseF1))
        #expect(toMerged.mean(\.sameGroups) >= amongSingle.mean(\.sameGroups))
    }

    @Test(
        "the templates of merged replicas reach the bars that those of one parser do",
        .enabled(if: directory != nil, "SKIPPED: TOCSIN_DATASETS does not name the data sets"))
    func quality() throws {
        let folder = try #require(Self.directory) + "/loghub_2k_corrected"
        let truths = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { file in
            try #require(ParsingGroundTruth(csv: [UInt8](Data(contentsOf: URL(fileURLWithPath: folder + "/" + file)))))
        }
        let lines = Self.shuffled(truths.flatMap(\.contents), 1)
        var one = Self.trees(1, reading: lines)[0]
        var three = Self.trees(3, reading: lines)[0]
        let single = truths.map { $0.score(with: &one) }
        let merged = truths.map { $0.score(with: &three) }
        func mean(_ scores: [ParsingMetrics], _ value: (ParsingMetrics) -> Double) -> Double {
            scores.map(value).reduce(0, +) / Double(scores.count)
        }
        #expect(mean(merged, \.groupingAccuracy) >= mean(single, \.groupingAccuracy) - 0.005)
        #expect(mean(merged, \.groupingF1) >= mean(single, \.groupingF1) - 0.005)
        #expect(mean(merged, \.groupingAccuracy) >= 0.90 && mean(merged, \.groupingF1) >= 0.85)
    }
}
