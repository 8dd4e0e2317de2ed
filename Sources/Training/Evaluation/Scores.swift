internal import Foundation
internal import TocsinCore

/// How good verdicts are, from the probabilities and the true class of each.
public struct Scores: Sendable {
    /// One class's figures.
    public struct ClassScore: Sendable, Hashable {
        public var precision: Double
        public var recall: Double
        public var f1: Double
        /// How many truly are of the class.
        public var support: Int
    }

    /// By class index.
    public let classes: [ClassScore]
    /// `confusion[true][predicted]`.
    public let confusion: [[Int]]
    public let accuracy: Double
    /// Mean F1 over the classes that occur.
    public let macroF1: Double
    /// The same without `performance_issue`, which LogHub hardly has.
    public let macroF1WithoutPerformance: Double
    /// F1 of being an anomaly of any kind.
    public let binaryF1: Double
    /// Expected calibration error over ten bins of equal width; nil where probabilities were not given.
    public let calibrationError: Double?

    /// - Parameters:
    ///   - predicted: class indices.
    ///   - confidences: the probability of each prediction; nil for rules, which give none.
    public init(predicted: [Int], labels: [Int], confidences: [Double]? = nil) {
        var confusion = [[Int]](
            repeating: [Int](repeating: 0, count: AnomalyClass.count), count: AnomalyClass.count)
        for (prediction, label) in zip(predicted, labels) { confusion[label][prediction] += 1 }
        self.confusion = confusion

        let classes = AnomalyClass.allCases.map { anomalyClass in
            let index = anomalyClass.rawValue
            let hits = Double(confusion[index][index])
            let support = confusion[index].reduce(0, +)
            let claimed = confusion.reduce(0) { $0 + $1[index] }
            return ClassScore(
                precision: claimed == 0 ? 0 : hits / Double(claimed), recall: support == 0 ? 0 : hits / Double(support),
                f1: support + claimed == 0 ? 0 : 2 * hits / Double(support + claimed), support: support)
        }
        self.classes = classes
        accuracy =
            labels.isEmpty ? 0 : Double(zip(predicted, labels).count { $0 == $1 }) / Double(labels.count)
        macroF1 = Self.mean(classes.filter { $0.support > 0 }.map(\.f1))
        macroF1WithoutPerformance = Self.mean(
            AnomalyClass.allCases.filter { $0 != .performanceIssue && classes[$0.rawValue].support > 0 }
                .map { classes[$0.rawValue].f1 })

        let found = zip(predicted, labels).count { $0 != 0 && $1 != 0 }
        let claimed = predicted.count { $0 != 0 } + labels.count { $0 != 0 }
        binaryF1 = claimed == 0 ? 0 : 2 * Double(found) / Double(claimed)
        calibrationError = confidences.map { Self.calibrationError(predicted, labels, $0) }
    }

    /// Scores of the most probable classes.
    public init(probabilities: [[Double]], labels: [Int]) {
        let predicted = probabilities.map(Self.mostProbable)
        self.init(
            predicted: predicted, labels: labels,
            confidences: zip(probabilities, predicted).map { $0[$1] })
    }

    static func mostProbable(_ probabilities: [Double]) -> Int {
        probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    }

    private static func calibrationError(_ predicted: [Int], _ labels: [Int], _ confidences: [Double]) -> Double {
        let binCount = 10
        var confidence = [Double](repeating: 0, count: binCount)
        var hits = confidence
        for (row, value) in confidences.enumerated() {
            let bin = min(Int(value * Double(binCount)), binCount - 1)
            confidence[bin] += value
            hits[bin] += predicted[row] == labels[row] ? 1 : 0
        }
        return zip(confidence, hits).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(max(labels.count, 1))
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
}

extension Scores {
    /// The middle 95 % of a figure over samples drawn with replacement.
    static func bootstrapInterval(
        count: Int, samples: Int = 1_000, seed: Int, figure: ([Int]) -> Double
    ) -> ClosedRange<Double> {
        var generator = SeededGenerator(seed: seed)
        let figures = (0..<samples).map { _ in
            figure((0..<count).map { _ in Int.random(in: 0..<count, using: &generator) })
        }.sorted()
        return figures[samples / 40]...figures[samples - 1 - samples / 40]
    }
}
