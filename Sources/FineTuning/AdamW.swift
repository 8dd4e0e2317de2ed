internal import Foundation

/// Adam with weight decay apart from the gradient (Loshchilov and Hutter, "Decoupled Weight Decay Regularization",
/// ICLR 2019), as `torch.optim.AdamW` computes it.
struct AdamW: Sendable, Hashable {
    private static let firstDecay: Float = 0.9
    private static let secondDecay: Float = 0.999
    private static let epsilon: Float = 1e-8

    private(set) var step = 0
    private(set) var firstMoments: [Float]
    private(set) var secondMoments: [Float]

    init(count: Int) {
        firstMoments = [Float](repeating: 0, count: count)
        secondMoments = firstMoments
    }

    /// An optimiser that goes on where another one was.
    init(step: Int, firstMoments: [Float], secondMoments: [Float]) {
        self.step = step
        self.firstMoments = firstMoments
        self.secondMoments = secondMoments
    }

    /// Takes one step.
    ///
    /// - Parameters:
    ///   - learningRate: of the number at an index.
    ///   - decays: whether `weightDecay` shrinks each number.
    mutating func update(
        _ parameters: inout [Float], gradient: [Float], learningRate: (Int) -> Float, weightDecay: Float,
        decays: [Bool]
    ) {
        step += 1
        let firstCorrection = 1 - pow(Self.firstDecay, Float(step))
        let secondCorrection = (1 - pow(Self.secondDecay, Float(step))).squareRoot()
        for index in parameters.indices {
            let rate = learningRate(index)
            if decays[index] { parameters[index] *= 1 - rate * weightDecay }
            firstMoments[index] += (gradient[index] - firstMoments[index]) * (1 - Self.firstDecay)
            secondMoments[index] =
                secondMoments[index] * Self.secondDecay
                + gradient[index] * gradient[index] * (1 - Self.secondDecay)
            let scale = secondMoments[index].squareRoot() / secondCorrection + Self.epsilon
            parameters[index] -= rate / firstCorrection * firstMoments[index] / scale
        }
    }

    /// Shortens a gradient that is longer than `limit` to it, as `torch.nn.utils.clip_grad_norm_` does.
    static func clip(_ gradient: inout [Float], norm limit: Float) {
        let norm = Float(gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot())
        let factor = min(1, limit / (norm + 1e-6))
        guard factor < 1 else { return }
        for index in gradient.indices { gradient[index] *= factor }
    }
}
