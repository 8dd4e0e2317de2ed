/// Labelled rows to train or measure on.
public struct TrainingSet: Sendable {
    /// `[rows, columns]`, row-major.
    public var rows: [Float]
    public var columnCount: Int
    /// A class index for each row.
    public var labels: [Int]
    /// How much each row counts; empty where all count the same.
    public var weights: [Float]

    public init(rows: [Float], columnCount: Int, labels: [Int], weights: [Float] = []) {
        self.rows = rows
        self.columnCount = columnCount
        self.labels = labels
        self.weights = weights
    }
}

extension TreeEnsemble {
    /// One boosting round's report.
    public struct Round: Sendable {
        public var index: Int
        public var count: Int
        /// Log loss on the held-out set; nil without one.
        public var heldOutLoss: Double?
    }

    /// Grows an ensemble; the same set, parameters and thread count give the same bytes.
    ///
    /// - Parameters:
    ///   - heldOut: rows to measure each round on.
    ///   - threads: libxgboost's threads while it grows.
    ///   - report: called after each round; training ends early where it returns false.
    public static func train(
        on set: TrainingSet, classCount: Int, parameters: TreeParameters, threads: Int, heldOut: TrainingSet? = nil,
        report: (Round) -> Bool = { _ in true }
    ) throws(TreeEnsembleError) -> TreeEnsemble {
        let training = try matrix(of: set, classCount: classCount, threads: threads)
        // A set of its own where none is held out, so that there is one path; it is then never measured on.
        let held = try matrix(of: heldOut ?? set.prefix(1), classCount: classCount, threads: threads)
        let booster = try Booster(matrices: heldOut == nil ? [training.handle] : [training.handle, held.handle])
        for (name, value) in parameters.settings(classCount: classCount, threads: threads) {
            try booster.set(name, value)
        }
        for round in 0..<parameters.rounds {
            try booster.update(round: round, training: training)
            let loss = heldOut == nil ? nil : try booster.evaluate(round: round, on: held)
            guard report(Round(index: round, count: parameters.rounds, heldOutLoss: loss)) else { break }
        }
        return try TreeEnsemble(serialized: booster.serialized())
    }

    private static func matrix(
        of set: TrainingSet, classCount: Int, threads: Int
    ) throws(TreeEnsembleError) -> Matrix {
        guard set.labels.count * set.columnCount == set.rows.count else {
            throw .wrongTrainingSet(
                "\(set.labels.count) labels for \(set.rows.count) values in \(set.columnCount) columns")
        }
        guard set.weights.isEmpty || set.weights.count == set.labels.count else {
            throw .wrongTrainingSet("\(set.weights.count) weights for \(set.labels.count) rows")
        }
        if let label = set.labels.first(where: { !(0..<classCount).contains($0) }) {
            throw .wrongTrainingSet("label \(label) is none of the \(classCount) classes")
        }
        let matrix = try Matrix(values: set.rows, columns: set.columnCount, threads: threads)
        try matrix.set("label", set.labels.map(Float.init))
        if !set.weights.isEmpty { try matrix.set("weight", set.weights) }
        return matrix
    }
}

extension TrainingSet {
    func prefix(_ rowCount: Int) -> TrainingSet {
        TrainingSet(
            rows: Array(rows.prefix(rowCount * columnCount)), columnCount: columnCount,
            labels: Array(labels.prefix(rowCount)), weights: Array(weights.prefix(rowCount)))
    }
}
