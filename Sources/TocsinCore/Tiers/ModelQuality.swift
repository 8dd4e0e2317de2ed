/// What a model is worth on event templates that its training did not see, each counting once.
public struct ModelQuality: Sendable, Hashable, Codable {
    /// Verdicts of about one confidence.
    public struct ReliabilityBin: Sendable, Hashable, Codable {
        /// Their mean confidence.
        public var confidence: Double
        /// The share of them that is right.
        public var accuracy: Double
        public var count: Int

        public init(confidence: Double, accuracy: Double, count: Int) {
            self.confidence = confidence
            self.accuracy = accuracy
            self.count = count
        }
    }

    /// Mean F1 over the classes that occur.
    public var macroF1: Double
    /// The middle 95 % of it over templates drawn with replacement.
    public var macroF1Interval: ClosedRange<Double>
    public var accuracy: Double
    /// Expected calibration error over ten bins of equal width.
    public var calibrationError: Double
    /// How many templates, `[labelled class][predicted class]`.
    public var confusion: [[Int]]
    /// Ascending in confidence, those without a verdict left out.
    public var reliability: [ReliabilityBin]

    public init(
        macroF1: Double, macroF1Interval: ClosedRange<Double>, accuracy: Double, calibrationError: Double,
        confusion: [[Int]], reliability: [ReliabilityBin]
    ) {
        self.macroF1 = macroF1
        self.macroF1Interval = macroF1Interval
        self.accuracy = accuracy
        self.calibrationError = calibrationError
        self.confusion = confusion
        self.reliability = reliability
    }

    /// How many templates were asked about.
    public var templateCount: Int { confusion.reduce(0) { $0 + $1.reduce(0, +) } }
}

extension ModelQuality {
    /// A figure that no measurement gives.
    public struct Flaw: Sendable, Hashable {
        /// As programs name it.
        public let figure: String
        public let found: String
        public let expected: String
    }

    /// The first figure that no measurement gives; nil where all may be true.
    public var flaw: Flaw? {
        let shares =
            [
                ("macro_f1", macroF1), ("macro_f1_interval", macroF1Interval.lowerBound),
                ("macro_f1_interval", macroF1Interval.upperBound), ("accuracy", accuracy),
                ("calibration_error", calibrationError),
            ]
            + reliability.flatMap {
                [("reliability.confidence", $0.confidence), ("reliability.accuracy", $0.accuracy)]
            }
        if let (figure, value) = shares.first(where: { !(0...1).contains($0.1) }) {
            return Flaw(figure: figure, found: "\(value)", expected: "0 to 1")
        }
        let rows = confusion.map(\.count)
        guard rows == [Int](repeating: AnomalyClass.count, count: AnomalyClass.count) else {
            return Flaw(
                figure: "confusion", found: "rows of \(rows)",
                expected: "\(AnomalyClass.count) rows of \(AnomalyClass.count)")
        }
        // Their sum is a number too.
        let counts =
            confusion.flatMap { $0.map { ("confusion", $0) } } + reliability.map { ("reliability.count", $0.count) }
        return counts.first { UInt32(exactly: $0.1) == nil }.map { figure, count in
            Flaw(figure: figure, found: "\(count)", expected: "0 to \(UInt32.max)")
        }
    }
}
