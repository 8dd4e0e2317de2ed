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
}
