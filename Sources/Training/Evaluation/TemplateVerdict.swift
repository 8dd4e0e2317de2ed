internal import Foundation
internal import TocsinCore

/// What a model said of one event template's lines, none of which it was trained on.
public struct TemplateVerdict: Sendable, Hashable {
    /// `source/event id`, or `line N` for a line that is of no template.
    public var id: String
    public var label: Int
    /// Mean of the lines' probabilities by class index.
    public var probabilities: [Double]
    /// How many of the lines were given each class.
    public var lineCounts: [Int]

    /// Verdicts on templates, ascending by id, from verdicts on lines.
    ///
    /// - Parameters:
    ///   - lines: indices into `all`.
    ///   - probabilities: of each of `lines`.
    static func gather(lines: [Int], of all: [LabelledLine], probabilities: [[Double]]) -> [TemplateVerdict] {
        var verdicts: [String: TemplateVerdict] = [:]
        let zeros = [Double](repeating: 0, count: AnomalyClass.count)
        for (row, line) in lines.enumerated() {
            let id = all[line].templateID ?? "line \(line)"
            var verdict =
                verdicts[id]
                ?? TemplateVerdict(
                    id: id, label: all[line].label.rawValue, probabilities: zeros, lineCounts: zeros.map { _ in 0 })
            for index in zeros.indices { verdict.probabilities[index] += probabilities[row][index] }
            verdict.lineCounts[Scores.mostProbable(probabilities[row])] += 1
            verdicts[id] = verdict
        }
        return verdicts.values.sorted { $0.id < $1.id }.map { sum in
            var mean = sum
            let count = Double(sum.lineCounts.reduce(0, +))
            mean.probabilities = sum.probabilities.map { $0 / count }
            return mean
        }
    }

    /// How much each line counts where templates count the same.
    static func lineWeights(_ lines: [Int], of all: [LabelledLine]) -> [Double] {
        let counts = lines.reduce(into: [String: Double]()) { counts, line in
            if let id = all[line].templateID { counts[id, default: 0] += 1 }
        }
        return lines.map { line in 1 / (all[line].templateID.flatMap { counts[$0] } ?? 1) }
    }
}

extension Scores {
    /// Scores in which each template counts once.
    init(perTemplate verdicts: [TemplateVerdict], areProbable: Bool = true) {
        if areProbable {
            self.init(probabilities: verdicts.map(\.probabilities), labels: verdicts.map(\.label))
        } else {
            self.init(
                predicted: verdicts.map { Self.mostProbable($0.probabilities) }, labels: verdicts.map(\.label))
        }
    }

    /// Scores in which each line counts once.
    init(perLine verdicts: [TemplateVerdict]) {
        var predicted: [Int] = []
        var labels: [Int] = []
        for verdict in verdicts {
            for (index, count) in verdict.lineCounts.enumerated() {
                predicted += repeatElement(index, count: count)
                labels += repeatElement(verdict.label, count: count)
            }
        }
        self.init(predicted: predicted, labels: labels)
    }
}
