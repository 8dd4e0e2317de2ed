internal import Classification
internal import Foundation
internal import TocsinCore

/// How much each of several models counts in their mixture: fitted on verdicts on templates that none of them knew.
///
/// All classes count alike, as in macro-F1: nearly all templates are normal, and a mixture that is right about those
/// alone would be of no use.
struct EnsembleFit {
    /// Holds the weights near an even mixture: few templates say little about many models.
    var penalty = 0.001
    /// The weights, above 0, under which the labels are likeliest.
    ///
    /// - Parameter components: each model's verdicts on the same templates in the same order.
    func weights(_ components: [[TemplateVerdict]]) -> [Double] {
        let margins = components.map { $0.map(\.margins) }
        let labels = components[0].map(\.label)
        let rowWeights = rowWeights(labels)
        let even = Float(log(1 / Double(components.count)))
        let start = [Float](repeating: even, count: components.count)
        return LimitedMemoryBFGS(tolerance: 1e-5).minimum(from: start) { logarithms, gradient in
            let weights = logarithms.map(exp)
            var loss = 0.0
            var slopes = [Double](repeating: 0, count: weights.count)
            for (row, label) in labels.enumerated() {
                let probabilities = Self.probabilities(margins.map { $0[row] }, weights)
                loss -= rowWeights[row] * log(max(probabilities[label], 1e-12))
                for (index, margins) in margins.enumerated() {
                    let expected = zip(probabilities, margins[row]).reduce(0.0) { $0 + $1.0 * Double($1.1) }
                    slopes[index] += rowWeights[row] * (expected - Double(margins[row][label]))
                }
            }
            for index in weights.indices {
                let distance = Double(logarithms[index] - even)
                gradient[index] = Float(slopes[index] * Double(weights[index]) + 2 * penalty * distance)
                loss += penalty * distance * distance
            }
            return loss
        }.map { exp(Double($0)) }
    }

    /// What each row counts; they add up to 1.
    private func rowWeights(_ labels: [Int]) -> [Double] {
        let counts = labels.reduce(into: [Int: Double]()) { $0[$1, default: 0] += 1 }
        let weights = labels.map { 1 / counts[$0, default: 1] }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    /// The mixture's verdicts, each by weights that were fitted on the other splits' templates.
    ///
    /// - Parameters:
    ///   - components: what the weights are fitted on.
    ///   - asked: what is mixed, on the same templates in the same order.
    func verdicts(_ components: [[TemplateVerdict]], asking asked: [[TemplateVerdict]]) -> [TemplateVerdict] {
        let splits = Set(components[0].map(\.split)).sorted()
        return splits.flatMap { split in
            let weights = weights(components.map { $0.filter { $0.split != split } })
            return Self.mixed(asked.map { $0.filter { $0.split == split } }, weights)
        }
    }

    private static func mixed(_ components: [[TemplateVerdict]], _ weights: [Double]) -> [TemplateVerdict] {
        components[0].indices.map { row in
            var verdict = components[0][row]
            verdict.probabilities = probabilities(components.map { $0[row].margins }, weights.map(Float.init))
            // A template's lines are taken to have its verdict: what each model said of each line is not recorded.
            let lines = verdict.lineCounts.reduce(0, +)
            verdict.lineCounts = verdict.lineCounts.map { _ in 0 }
            verdict.lineCounts[Scores.mostProbable(verdict.probabilities)] = lines
            return verdict
        }
    }

    /// Softmax of the weighted sum of the models' margins.
    private static func probabilities(_ margins: [[Float]], _ weights: [Float]) -> [Double] {
        var sums = [Float](repeating: 0, count: AnomalyClass.count)
        for (margins, weight) in zip(margins, weights) {
            for index in sums.indices { sums[index] += weight * margins[index] }
        }
        return Calibration(temperature: 1).probabilities(ofMargins: sums[...]).map(Double.init)
    }
}
