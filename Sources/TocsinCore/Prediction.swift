/// A model's verdict on one line.
public struct Prediction: Sendable, Hashable {
    /// Calibrated probability of each class by class index; they sum to 1.
    public var probabilities: [Float]
    /// True where the model says that it does not know; never changes `anomalyClass`.
    public var isAbstained: Bool

    public init(probabilities: [Float], isAbstained: Bool = false) {
        precondition(
            probabilities.count == AnomalyClass.count,
            "a prediction has \(AnomalyClass.count) probabilities, not \(probabilities.count)")
        self.probabilities = probabilities
        self.isAbstained = isAbstained
    }

    /// The most probable class; the first of equals.
    public var anomalyClass: AnomalyClass {
        AnomalyClass.allCases.max { probabilities[$0.rawValue] < probabilities[$1.rawValue] } ?? .normal
    }

    /// The largest probability.
    public var confidence: Float { probabilities[anomalyClass.rawValue] }

    /// Whether the second class is nearly as probable, so that vectors of less precision than the models were trained on
    /// may have decided between the two.
    ///
    /// 8 bits give some of the templates that nobody trained on another class; nearly all of these are as close as this, and
    /// so are one in ten at most of all templates (`Tests/bench/encoder` has the figures).
    public var isClose: Bool {
        let second =
            probabilities.indices.lazy.filter { $0 != anomalyClass.rawValue }.map { probabilities[$0] }.max() ?? 0
        return confidence - second < 0.15
    }
}
