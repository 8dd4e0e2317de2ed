internal import Foundation

/// Turns margins into probabilities that can be believed: softmax of the margins over one temperature.
///
/// Guo et al., "On Calibration of Modern Neural Networks", ICML 2017. The order of the classes never changes.
public struct Calibration: Sendable, Hashable {
    public let temperature: Double

    public init(temperature: Double) {
        precondition(temperature > 0 && temperature.isFinite, "a temperature is above 0, not \(temperature)")
        self.temperature = temperature
    }

    /// Probabilities of one row's classes; they sum to 1.
    public func probabilities(ofMargins margins: ArraySlice<Float>) -> [Float] {
        let largest = Double(margins.max() ?? 0)
        let exponentials = margins.map { exp((Double($0) - largest) / temperature) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { Float($0 / sum) }
    }

    /// The temperature under which the labels are likeliest, by golden-section search over its logarithm.
    ///
    /// - Parameters:
    ///   - margins: `[labels, classCount]`, of rows that the model was not trained on.
    ///   - weights: how much each row counts.
    public static func fitted(
        margins: [Float], labels: [Int], weights: [Double], classCount: Int
    ) -> Calibration {
        func loss(_ logTemperature: Double) -> Double {
            let calibration = Calibration(temperature: exp(logTemperature))
            return labels.indices.reduce(0) { sum, row in
                let probabilities = calibration.probabilities(
                    ofMargins: margins[row * classCount..<(row + 1) * classCount])
                return sum - weights[row] * log(max(Double(probabilities[labels[row]]), 1e-12))
            }
        }
        let ratio = (5.0.squareRoot() - 1) / 2
        var low = log(0.05), high = log(20.0)
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
        var (leftLoss, rightLoss) = (loss(left), loss(right))
        while high - low > 1e-4 {
            if leftLoss < rightLoss {
                (high, right, rightLoss) = (right, left, leftLoss)
                left = high - ratio * (high - low)
                leftLoss = loss(left)
            } else {
                (low, left, leftLoss) = (left, right, rightLoss)
                right = low + ratio * (high - low)
                rightLoss = loss(right)
            }
        }
        return Calibration(temperature: exp((low + high) / 2))
    }
}
