internal import Foundation

/// Finds the minimum of a smooth function from its values and gradients, remembering its last steps.
///
/// Nocedal and Wright, "Numerical Optimization", 2006, algorithm 7.5, with a backtracking line search.
struct LimitedMemoryBFGS {
    /// Steps that are remembered.
    var memory = 10
    var mostSteps = 400
    /// It ends where no derivative is larger.
    var tolerance: Float = 2e-6

    /// - Parameter function: gives the value at a point and writes its gradient.
    func minimum(
        from start: [Float], _ function: (_ point: [Float], _ gradient: inout [Float]) -> Double
    ) -> [Float] {
        var point = start
        var gradient = [Float](repeating: 0, count: start.count)
        var value = function(point, &gradient)
        /// Differences of points and of gradients, and the inverse of their product, oldest first.
        var steps: [(point: [Float], gradient: [Float], inverse: Double)] = []
        for _ in 0..<mostSteps where gradient.contains(where: { abs($0) > tolerance }) {
            var direction = Self.direction(gradient, steps)
            var slope = Self.product(direction, gradient)
            if slope >= 0 {
                steps = []
                direction = gradient.map { -$0 }
                slope = Self.product(direction, gradient)
            }
            var length = steps.isEmpty ? 1 / max(1, (-slope).squareRoot()) : 1
            var nextGradient = gradient
            var next = point
            var nextValue = value
            for _ in 0..<30 {
                for index in next.indices { next[index] = point[index] + Float(length) * direction[index] }
                nextValue = function(next, &nextGradient)
                if nextValue <= value + 1e-4 * length * slope { break }
                length /= 2
            }
            // No step along the direction gains anything that a float can hold.
            guard nextValue < value else { break }
            let change = zip(next, point).map { $0 - $1 }
            let turn = zip(nextGradient, gradient).map { $0 - $1 }
            let curvature = Self.product(change, turn)
            if curvature > 1e-12 {
                steps.append((change, turn, 1 / curvature))
                if steps.count > memory { steps.removeFirst() }
            }
            (point, gradient, value) = (next, nextGradient, nextValue)
        }
        return point
    }

    /// Minus the gradient times the inverse Hessian that the remembered steps tell of.
    private static func direction(
        _ gradient: [Float], _ steps: [(point: [Float], gradient: [Float], inverse: Double)]
    ) -> [Float] {
        var direction = gradient.map { -$0 }
        var shares: [Double] = []
        for step in steps.reversed() {
            let share = step.inverse * product(step.point, direction)
            shares.append(share)
            for index in direction.indices { direction[index] -= Float(share) * step.gradient[index] }
        }
        if let last = steps.last {
            let scale = Float(1 / (last.inverse * product(last.gradient, last.gradient)))
            for index in direction.indices { direction[index] *= scale }
        }
        for (step, share) in zip(steps, shares.reversed()) {
            let correction = Float(share - step.inverse * product(step.gradient, direction))
            for index in direction.indices { direction[index] += correction * step.point[index] }
        }
        return direction
    }

    private static func product(_ left: [Float], _ right: [Float]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += Double(left[index]) * Double(right[index]) }
        return sum
    }
}
