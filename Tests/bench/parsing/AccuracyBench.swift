import Drain
import Foundation

/// How well mined templates agree with LogHub's two ground truths: each source by itself, and held out.
struct AccuracyBench {
    struct Source {
        let name: String
        let truth: ParsingGroundTruth
    }

    static let truths = ["loghub_2k", "loghub_2k_corrected"]

    /// The sources of one ground truth, by name.
    static func sources(_ datasets: String, _ truth: String) throws -> [Source] {
        let folder = "\(datasets)/\(truth)"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.contains(".log_structured") && $0.hasSuffix(".csv") }
            .compactMap { file in
                let csv = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)")))
                return ParsingGroundTruth(csv: csv).map { Source(name: String(file.prefix { $0 != "_" }), truth: $0) }
            }
    }

    static func report(_ score: ParsingMetrics) -> [String: Any] {
        [
            "GA": score.groupingAccuracy, "FGA": score.groupingF1, "PA": score.parsingAccuracy,
            "FTA": score.templateF1,
        ]
    }

    /// The settings among which a half of the sources chooses.
    static let candidates: [DrainConfiguration] = [0.4, 0.5, 0.6].flatMap { threshold in
        [4, 6, 8].flatMap { plainWords in
            [2, 3, 4].map { names in
                var configuration = DrainConfiguration()
                configuration.similarityThreshold = threshold
                configuration.plainWordsNeeded = plainWords
                configuration.namesNeeded = names
                return configuration
            }
        }
    }

    /// For each half of the sources (every second by name): the settings that score best on the other half, and what
    /// they score on this one.
    static func heldOut(_ sources: [Source]) -> [[String: Any]] {
        let scores = candidates.map { configuration in
            sources.map { $0.truth.score(configuration: configuration) }
        }
        return [0, 1].map { half in
            func sum(_ score: ParsingMetrics) -> Double {
                score.groupingAccuracy + score.groupingF1 + score.parsingAccuracy + score.templateF1
            }
            func total(_ candidate: Int) -> Double {
                sources.indices.filter { $0 % 2 != half }.reduce(0) { $0 + sum(scores[candidate][$1]) }
            }
            let best = candidates.indices.max { (total($0), $1) < (total($1), $0) } ?? 0
            return [
                "similarityThreshold": candidates[best].similarityThreshold,
                "plainWordsNeeded": candidates[best].plainWordsNeeded,
                "namesNeeded": candidates[best].namesNeeded,
                "sources": sources.indices.filter { $0 % 2 == half }.map { index in
                    report(scores[best][index]).merging(["source": sources[index].name]) { $1 }
                },
            ]
        }
    }
}
