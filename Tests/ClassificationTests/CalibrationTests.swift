import Foundation
import Testing

@testable import Classification

@Suite struct CalibrationTests {
    @Test("a temperature of 1 is softmax; a higher one is less sure and keeps the order")
    func softmax() {
        let margins: [Float] = [1, 2, 4]
        let plain = Calibration(temperature: 1).probabilities(ofMargins: margins[...])
        let sum = exp(1.0) + exp(2.0) + exp(4.0)
        for (probability, margin) in zip(plain, margins) {
            #expect(abs(Double(probability) - exp(Double(margin)) / sum) < 1e-6)
        }
        let warm = Calibration(temperature: 3).probabilities(ofMargins: margins[...])
        #expect(warm[2] < plain[2] && warm[0] < warm[1] && warm[1] < warm[2])
    }

    @Test("margins of any size give finite probabilities")
    func extremes() {
        let probabilities = Calibration(temperature: 0.05).probabilities(ofMargins: [-1e30, 0, 1e30][...])
        #expect(probabilities == [0, 0, 1])
    }

    @Test("the fitted temperature is the one that made the labels", arguments: [0.5, 1.0, 2.5])
    func fitted(temperature: Double) {
        // Labels in the very shares that the true temperature gives margins of 0 and 1.
        let share = 1 / (1 + exp(1 / temperature))
        let count = 10_000, zeros = Int((share * Double(count)).rounded())
        let labels = (0..<count).map { $0 < zeros ? 0 : 1 }
        let margins = labels.flatMap { _ -> [Float] in [0, 1] }
        let fitted = Calibration.fitted(
            margins: margins, labels: labels, weights: labels.map { _ in 1 }, classCount: 2)
        #expect(abs(fitted.temperature - temperature) < 0.01 * temperature)
    }
}
