import Foundation

/// The textbook versions, in double precision, that the kernels are held to.
enum Naive {
    /// `scale · a · b`, with `a(row, k)` and `b(k, column)`.
    static func product(
        rows: Int, columns: Int, depth: Int, scale: Double, _ a: (Int, Int) -> Float, _ b: (Int, Int) -> Float
    ) -> [Double] {
        (0..<rows).flatMap { row in
            (0..<columns).map { column in
                scale * (0..<depth).reduce(0.0) { $0 + Double(a(row, $1)) * Double(b($1, column)) }
            }
        }
    }

    static func gelu(_ x: Float) -> Double { Double(x) * 0.5 * (1 + erf(Double(x) / 2.0.squareRoot())) }

    static func softmax(_ row: [Float]) -> [Double] {
        let largest = Double(row.max() ?? 0)
        let powers = row.map { exp(Double($0) - largest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    static func layerNorm(_ row: [Float], weight: [Float], bias: [Float], epsilon: Double) -> [Double] {
        let mean = row.reduce(0.0) { $0 + Double($1) } / Double(row.count)
        let variance = row.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(row.count)
        return row.indices.map {
            (Double(row[$0]) - mean) / (variance + epsilon).squareRoot() * Double(weight[$0]) + Double(bias[$0])
        }
    }
}

/// Numbers that are the same in every run, in -1...1 (a linear congruential generator).
struct RecordedRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
    }

    mutating func floats(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }
}
