import Foundation
import Testing

@testable import MatrixMath

/// Gradients beside central differences of the plain functions in double precision.
@Suite struct BackwardTests {
    private static let rows = 5
    private static let columns = 19

    /// Numbers in -2...2 without a pattern.
    private static func numbers(_ salt: Double) -> [Double] {
        (0..<rows * columns).map { 2 * sin(Double($0) * 12.9898 + salt) }
    }

    /// The derivative of `Σ weights · function(x)` by each of `x`, by central differences.
    private static func differences(
        of function: ([Double]) -> [Double], at x: [Double], weights: [Double]
    ) -> [Double] {
        func loss(_ x: [Double]) -> Double { zip(function(x), weights).reduce(0) { $0 + $1.0 * $1.1 } }
        return x.indices.map { index in
            var (above, below) = (x, x)
            above[index] += 1e-5
            below[index] -= 1e-5
            return (loss(above) - loss(below)) / 2e-5
        }
    }

    /// The weights as `backward` leaves them, taken back through the function.
    private static func gradient(
        weights: [Double], _ backward: (MutableMatrixView) -> Void
    ) -> [Double] {
        // Rows farther apart than they are wide, so that a stride is not mistaken for a width.
        let stride = columns + 3
        var values = [Float](repeating: 7, count: rows * stride)
        for row in 0..<rows {
            for column in 0..<columns { values[row * stride + column] = Float(weights[row * columns + column]) }
        }
        values.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress {
                backward(MutableMatrixView(base, rows: rows, columns: columns, stride: stride))
            }
        }
        for row in 0..<rows { #expect(values[row * stride + columns] == 7) }
        return (0..<rows * columns).map { Double(values[$0 / columns * stride + $0 % columns]) }
    }

    private static func withView(_ values: [Double], _ body: (MatrixView) -> Void) {
        values.map(Float.init).withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress { body(MatrixView(base, rows: rows, columns: columns)) }
        }
    }

    private static func expectEqual(_ found: [Double], _ expected: [Double], tolerance: Double = 1e-5) {
        let largest = expected.map(abs).max() ?? 0
        for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < tolerance * largest) }
    }

    @Test("GELU's gradient equals its finite differences")
    func gelu() {
        let (x, weights) = (Self.numbers(0.3), Self.numbers(1.7))
        let expected = Self.differences(
            of: { $0.map { $0 * 0.5 * (1 + erf($0 / 2.0.squareRoot())) } }, at: x, weights: weights)
        Self.withView(x) { input in
            Self.expectEqual(Self.gradient(weights: weights) { backThroughGELU($0, input: input) }, expected)
        }
    }

    @Test("layer normalisation's gradient equals its finite differences")
    func layerNorm() {
        let (x, weights) = (Self.numbers(0.9), Self.numbers(2.1))
        let scale = (0..<Self.columns).map { Float(cos(Double($0))) }
        let expected = Self.differences(
            of: { x in
                (0..<Self.rows).flatMap { row -> [Double] in
                    let values = x[row * Self.columns..<(row + 1) * Self.columns]
                    let mean = values.reduce(0, +) / Double(Self.columns)
                    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(Self.columns)
                    return zip(values, scale).map { ($0 - mean) / (variance + 0.01).squareRoot() * Double($1) }
                }
            }, at: x, weights: weights)
        scale.withUnsafeBufferPointer { scale in
            guard let base = scale.baseAddress else { return }
            let norm = LayerNorm(weight: base, bias: base, epsilon: 0.01)
            Self.withView(x) { input in
                Self.expectEqual(Self.gradient(weights: weights) { norm.applyBackward($0, input: input) }, expected)
            }
        }
    }

    @Test("softmax's gradient equals its finite differences")
    func softmax() {
        let (x, weights) = (Self.numbers(0.1), Self.numbers(0.8))
        func softmax(_ x: [Double]) -> [Double] {
            (0..<Self.rows).flatMap { row -> [Double] in
                let values = x[row * Self.columns..<(row + 1) * Self.columns].map { exp($0) }
                let sum = values.reduce(0, +)
                return values.map { $0 / sum }
            }
        }
        let expected = Self.differences(of: softmax, at: x, weights: weights)
        Self.withView(softmax(x)) { output in
            Self.expectEqual(Self.gradient(weights: weights) { backThroughSoftmax($0, output: output) }, expected)
        }
    }

    @Test("dropout drops its share, keeps the mean, and the same places for the same seed")
    func dropout() {
        let count = 100_000
        var ones = [Float](repeating: 1, count: count)
        var again = ones
        var other = ones
        func drop(_ values: inout [Float], seed: UInt32) {
            values.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                Dropout(rate: 0.1, seed: seed).apply(MutableMatrixView(base, rows: 100, columns: count / 100))
            }
        }
        drop(&ones, seed: 5)
        drop(&again, seed: 5)
        drop(&other, seed: 6)
        #expect(ones == again)
        #expect(zip(ones, other).count { $0 != $1 } > count / 10)
        #expect(abs(Double(ones.count { $0 == 0 }) / Double(count) - 0.1) < 0.005)
        #expect(ones.allSatisfy { $0 == 0 || abs($0 - 1 / 0.9) < 1e-6 })
        // Neighbouring rows must not drop the same columns.
        let pairs = (0..<count - 1_000).count { ones[$0] == 0 && ones[$0 + 1_000] == 0 }
        #expect(abs(Double(pairs) / Double(count) - 0.01) < 0.003)
    }

    @Test("a dropped branch and its residual are added")
    func residual() {
        let (branch, input) = (Self.numbers(0.2), Self.numbers(0.4))
        Self.withView(input) { residual in
            let sum = Self.gradient(weights: branch) { Dropout.none.apply($0, adding: residual) }
            Self.expectEqual(sum, zip(branch, input).map(+))
        }
    }
}
