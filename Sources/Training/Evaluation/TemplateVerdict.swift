internal import Classification
internal import Foundation
internal import TocsinCore

/// What a model said of one event template's lines, none of which it was trained on.
public struct TemplateVerdict: Sendable, Hashable {
    /// `source/event id`, or `line N` for a line that is of no template.
    public var id: String
    /// Which split held the template out: what is fitted on verdicts leaves out those of the split that it serves.
    public var split = 0
    public var label: Int
    /// Mean of the lines' probabilities by class index, not calibrated.
    public var probabilities: [Double]
    /// How many of the lines were given each class.
    public var lineCounts: [Int]
}

extension TemplateVerdict {
    /// Verdicts on templates, ascending by id, from verdicts on lines.
    ///
    /// - Parameters:
    ///   - lines: indices into `all`.
    ///   - probabilities: of each of `lines`.
    static func gather(
        lines: [Int], of all: [LabelledLine], probabilities: [[Double]], split: Int = 0
    ) -> [TemplateVerdict] {
        zip(lines, probabilities).map { line, probabilities in
            var counts = [Int](repeating: 0, count: probabilities.count)
            counts[Scores.mostProbable(probabilities)] = 1
            return TemplateVerdict(
                id: all[line].templateID ?? "line \(line)", split: split, label: all[line].label.rawValue,
                probabilities: probabilities, lineCounts: counts)
        }.merged()
    }
}

extension [TemplateVerdict] {
    /// One verdict a template, ascending by id: where several splits held lines of it out, its lines' mean.
    func merged() -> [TemplateVerdict] {
        var sums: [String: TemplateVerdict] = [:]
        for verdict in self {
            let lines = Double(verdict.lineCounts.reduce(0, +))
            var sum = verdict
            sum.probabilities = verdict.probabilities.map { $0 * lines }
            if let other = sums[verdict.id] {
                sum.probabilities = zip(sum.probabilities, other.probabilities).map(+)
                sum.lineCounts = zip(sum.lineCounts, other.lineCounts).map(+)
            }
            sums[verdict.id] = sum
        }
        return sums.values.sorted { $0.id < $1.id }.map { sum in
            var mean = sum
            let lines = Double(sum.lineCounts.reduce(0, +))
            mean.probabilities = sum.probabilities.map { $0 / lines }
            return mean
        }
    }

    /// The temperature that suits the verdicts best; each template counts once.
    var calibration: Calibration {
        Calibration.fitted(
            margins: flatMap { $0.margins }, labels: map(\.label), weights: map { _ in 1 },
            classCount: AnomalyClass.count)
    }

    /// The verdicts with probabilities of a temperature that was fitted on the other splits' verdicts, one a template.
    ///
    /// A single split has no others: its verdicts would have to judge themselves, so they stay as they are.
    func calibrated() -> [TemplateVerdict] {
        let splits = Set(map(\.split))
        guard splits.count > 1 else { return merged() }
        return splits.sorted().flatMap { split in
            let calibration = filter { $0.split != split }.calibration
            return filter { $0.split == split }.map { verdict in
                var calibrated = verdict
                calibrated.probabilities = calibration.probabilities(ofMargins: verdict.margins[...]).map(Double.init)
                return calibrated
            }
        }.merged()
    }
}

extension TemplateVerdict {
    /// Numbers whose softmax are the probabilities.
    var margins: [Float] { probabilities.map { Float(log(Swift.max($0, 1e-9))) } }
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
