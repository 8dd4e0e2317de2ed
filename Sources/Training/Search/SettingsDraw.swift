internal import Foundation
internal import TocsinCore
internal import TreeEnsemble

/// Draws an ensemble's settings, by a seed, from ranges that keep the largest artifact below 10 MB.
struct SettingsDraw {
    private var generator: SeededGenerator

    init(seed: Int) { generator = SeededGenerator(seed: seed) }

    /// Settings of the same algorithm; what is not drawn is left as it is.
    mutating func next(_ start: ModelTraining.Options) -> ModelTraining.Options {
        var options = start
        options.parameters.minChildWeight = logarithmic(0.3...10)
        options.parameters.gamma = even(0...0.5)
        switch options.parameters.algorithm {
        case .xgboost:
            // The most: boosting is stopped earlier.
            options.parameters.rounds = 160
            options.parameters.learningRate = logarithmic(0.05...0.4)
            options.parameters.maxDepth = Int.random(in: 3...6, using: &generator)
            options.parameters.lambda = logarithmic(0.3...10)
            options.parameters.subsample = even(0.5...1)
            options.parameters.columnsByTree = logarithmic(0.05...0.5)
            options.parameters.columnsByNode = logarithmic(0.3...1)
        case .randomForest:
            options.parameters.maxDepth = Int.random(in: 6...12, using: &generator)
            options.parameters.lambda = logarithmic(0.001...1)
            options.parameters.subsample = even(0.5...0.9)
            options.parameters.columnsByTree = even(0.5...1)
            options.parameters.columnsByNode = logarithmic(0.03...0.3)
        }
        options.weighting.classBalance = even(0...1)
        options.weighting.templateBalance = even(0...1)
        return options
    }

    private mutating func even(_ range: ClosedRange<Double>) -> Double {
        rounded(Double.random(in: range, using: &generator))
    }

    /// Evenly by the logarithm: as often between 0.1 and 1 as between 1 and 10.
    private mutating func logarithmic(_ range: ClosedRange<Double>) -> Double {
        rounded(exp(Double.random(in: log(range.lowerBound)...log(range.upperBound), using: &generator)))
    }

    /// To three decimals, which a card can show.
    private func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
}
