import Foundation
import MatrixMath
import Testing

@testable import Heads

@Suite struct DenseHeadTests {
    private static let shape = DenseShape(widths: [9, 6, 5, 3])
    private static let rows = 4

    private static func numbers(_ count: Int, salt: Double) -> [Float] {
        (0..<count).map { Float(sin(Double($0) * 12.9898 + salt)) }
    }

    /// The plain computation in double precision: `Σ weights · logits`.
    private static func loss(_ parameters: [Double], input: [Double], weights: [Double]) -> Double {
        var values = input
        for layer in 0..<shape.layerCount {
            let (inputs, outputs) = (shape.widths[layer], shape.widths[layer + 1])
            let weight = shape.weightRange(layer).lowerBound
            let bias = shape.biasRange(layer).lowerBound
            values = (0..<rows * outputs).map { place in
                let (row, output) = (place / outputs, place % outputs)
                let sum = (0..<inputs).reduce(parameters[bias + output]) {
                    $0 + values[row * inputs + $1] * parameters[weight + output * inputs + $1]
                }
                return layer == shape.layerCount - 1 ? sum : sum * 0.5 * (1 + erf(sum / 2.0.squareRoot()))
            }
        }
        return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private static func differences(_ values: [Double], _ loss: ([Double]) -> Double) -> [Double] {
        values.indices.map { index in
            var (above, below) = (values, values)
            above[index] += 1e-5
            below[index] -= 1e-5
            return (loss(above) - loss(below)) / 2e-5
        }
    }

    @Test("the gradients by numbers and input equal their finite differences")
    func gradients() {
        let parameters = Self.numbers(Self.shape.parameterCount, salt: 0.4)
        let input = Self.numbers(Self.rows * 9, salt: 1.1)
        let weights = Self.numbers(Self.rows * 3, salt: 2.3)
        let tape = DenseTape(Self.shape, rows: Self.rows)
        for (index, value) in input.enumerated() { tape.input.base[index] = value }
        var gradient = [Float](repeating: 0, count: parameters.count)
        var byInput = [Float](repeating: 0, count: input.count)
        parameters.withUnsafeBufferPointer { numbers in
            gradient.withUnsafeMutableBufferPointer { gradient in
                byInput.withUnsafeMutableBufferPointer { byInput in
                    guard let base = numbers.baseAddress, let rows = byInput.baseAddress else { return }
                    Self.shape.forward(base, tape: tape)
                    for (index, weight) in weights.enumerated() { tape.logits.base[index] = weight }
                    Self.shape.backward(
                        base, tape: tape, logits: tape.logits, gradient: gradient.baseAddress,
                        input: MutableMatrixView(rows, rows: Self.rows, columns: 9))
                }
            }
        }
        let (p, x, w) = (parameters.map(Double.init), input.map(Double.init), weights.map(Double.init))
        let byNumbers = Self.differences(p) { Self.loss($0, input: x, weights: w) }
        for (found, expected) in zip(gradient, byNumbers) { #expect(abs(Double(found) - expected) < 1e-5) }
        let byRows = Self.differences(x) { Self.loss(p, input: $0, weights: w) }
        for (found, expected) in zip(byInput, byRows) { #expect(abs(Double(found) - expected) < 1e-5) }
    }

    @Test("rows together get what each gets alone")
    func batch() {
        let head = DenseHead(Self.shape, parameters: Self.numbers(Self.shape.parameterCount, salt: 0.4))
        let rows = Self.numbers(Self.rows * 9, salt: 1.1)
        let together = head.logits(rows)
        for row in 0..<Self.rows {
            let alone = head.logits(rows[row * 9..<(row + 1) * 9])
            for (found, expected) in zip(together[row * 3..<(row + 1) * 3], alone) {
                #expect(abs(found - expected) < 1e-6)
            }
        }
        #expect(head.logits([]).isEmpty)
    }
}
