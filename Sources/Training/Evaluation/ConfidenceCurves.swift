public import TocsinCore

/// What confidence is worth: how often verdicts of each confidence are right, and how good the surest are.
public struct ConfidenceCurves: Sendable, Hashable, Codable {
    /// The surest verdicts.
    public struct Answered: Sendable, Hashable, Codable {
        /// The share of all that they are.
        public var share: Double
        /// What the least sure of them has.
        public var confidence: Double
        /// The share of them that is right.
        public var accuracy: Double
    }

    /// Ten bins of equal width, the empty ones left out.
    public var reliability: [ModelQuality.ReliabilityBin]
    /// By twentieths of all, fewest first.
    public var abstention: [Answered]

    init(probabilities: [[Double]], labels: [Int]) {
        let verdicts = zip(probabilities, labels).map { probabilities, label in
            let predicted = Scores.mostProbable(probabilities)
            return (confidence: probabilities[predicted], isRight: predicted == label)
        }.sorted { $0.confidence > $1.confidence }
        reliability = (0..<10).compactMap { bin in
            let members = verdicts.filter { min(Int($0.confidence * 10), 9) == bin }
            guard !members.isEmpty else { return nil }
            return ModelQuality.ReliabilityBin(
                confidence: members.reduce(0) { $0 + $1.confidence } / Double(members.count),
                accuracy: Double(members.count(where: \.isRight)) / Double(members.count), count: members.count)
        }
        abstention =
            verdicts.isEmpty
            ? []
            : (1...20).map { step in
                let count = max(1, verdicts.count * step / 20)
                return Answered(
                    share: Double(count) / Double(verdicts.count), confidence: verdicts[count - 1].confidence,
                    accuracy: Double(verdicts[..<count].count(where: \.isRight)) / Double(count))
            }
    }
}
