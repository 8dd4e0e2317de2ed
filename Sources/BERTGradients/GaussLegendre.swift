internal import Foundation

/// Gauss and Legendre's points and weights for an integral over 0...1.
struct GaussLegendre {
    private(set) var points: [Float] = []
    private(set) var weights: [Float] = []

    /// The points are the roots of Legendre's polynomial, by Newton's method.
    init(count: Int) {
        for index in 0..<count {
            var x = cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
            var slope = 0.0
            // From this start five steps reach double precision.
            for _ in 0..<8 {
                var (previous, value) = (1.0, x)
                for degree in stride(from: 2, through: count, by: 1) {
                    let order = Double(degree)
                    (previous, value) = (value, ((2 * order - 1) * x * value - (order - 1) * previous) / order)
                }
                slope = Double(count) * (x * value - previous) / (x * x - 1)
                x -= value / slope
            }
            points.append(Float((1 - x) / 2))
            weights.append(Float(1 / ((1 - x * x) * slope * slope)))
        }
    }
}
