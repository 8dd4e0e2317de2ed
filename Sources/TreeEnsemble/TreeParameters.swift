/// How an ensemble is grown; names are XGBoost's own.
public struct TreeParameters: Sendable, Hashable, Codable {
    public enum Algorithm: String, Sendable, CaseIterable, Codable {
        /// Gradient boosting: each round corrects the rounds before it.
        case xgboost
        /// One round of many trees grown side by side on samples of the rows and columns.
        case randomForest = "random-forest"

        /// The name that answers and cards show.
        public var displayName: String {
            switch self {
            case .xgboost: "XGBoost"
            case .randomForest: "RandomForest"
            }
        }
    }

    public var algorithm: Algorithm
    /// Boosting rounds; one tree for each class in each.
    public var rounds: Int
    /// Trees for each class in one round.
    public var parallelTrees: Int
    public var learningRate: Double
    public var maxDepth: Int
    public var minChildWeight: Double
    /// The least gain that a split must bring.
    public var gamma: Double
    /// L2 penalty on leaf values.
    public var lambda: Double
    /// Share of rows for each tree.
    public var subsample: Double
    /// Share of columns for each tree.
    public var columnsByTree: Double
    /// Share of those columns for each split.
    public var columnsByNode: Double
    /// Histogram bins for each column.
    public var maxBins: Int
    public var seed: Int

    /// Gradient boosting: many shallow trees, each of half the rows and a tenth of the columns.
    public static func xgboost(seed: Int) -> TreeParameters {
        TreeParameters(
            algorithm: .xgboost, rounds: 80, parallelTrees: 1, learningRate: 0.2, maxDepth: 6, minChildWeight: 1,
            gamma: 0, lambda: 1, subsample: 0.5, columnsByTree: 0.1, columnsByNode: 1, maxBins: 32, seed: seed)
    }

    /// A random forest; its trees are deep and few, as its artifact must stay small.
    public static func randomForest(seed: Int) -> TreeParameters {
        TreeParameters(
            algorithm: .randomForest, rounds: 1, parallelTrees: 60, learningRate: 1, maxDepth: 12, minChildWeight: 1,
            gamma: 0, lambda: 1e-3, subsample: 0.7, columnsByTree: 1, columnsByNode: 0.1, maxBins: 64, seed: seed)
    }

    /// What sets an ensemble apart from libxgboost's defaults, for manifests and cards.
    public var byName: [String: String] {
        [
            "rounds": "\(rounds)", "num_parallel_tree": "\(parallelTrees)", "learning_rate": "\(learningRate)",
            "max_depth": "\(maxDepth)", "min_child_weight": "\(minChildWeight)", "gamma": "\(gamma)",
            "lambda": "\(lambda)", "subsample": "\(subsample)", "colsample_bytree": "\(columnsByTree)",
            "colsample_bynode": "\(columnsByNode)", "max_bin": "\(maxBins)",
        ]
    }

    /// As libxgboost takes them, besides the number of rounds.
    func settings(classCount: Int, threads: Int) -> [(name: String, value: String)] {
        [
            ("verbosity", "0"), ("objective", "multi:softprob"), ("num_class", "\(classCount)"),
            ("booster", "gbtree"), ("tree_method", "hist"), ("nthread", "\(threads)"), ("seed", "\(seed)"),
            ("eval_metric", "mlogloss"),
        ] + byName.filter { $0.key != "rounds" }.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }
}

extension TreeParameters {
    /// The settings that ``byName`` named; nil where one is missing or no number.
    public init?(_ algorithm: Algorithm, named settings: [String: String], seed: Int) {
        func real(_ name: String) -> Double? { settings[name].flatMap { Double($0) } }
        func whole(_ name: String) -> Int? { settings[name].flatMap { Int($0) } }
        guard let rounds = whole("rounds"), let parallelTrees = whole("num_parallel_tree"),
            let learningRate = real("learning_rate"), let maxDepth = whole("max_depth"),
            let minChildWeight = real("min_child_weight"), let gamma = real("gamma"), let lambda = real("lambda"),
            let subsample = real("subsample"), let columnsByTree = real("colsample_bytree"),
            let columnsByNode = real("colsample_bynode"), let maxBins = whole("max_bin")
        else { return nil }
        self.init(
            algorithm: algorithm, rounds: rounds, parallelTrees: parallelTrees, learningRate: learningRate,
            maxDepth: maxDepth, minChildWeight: minChildWeight, gamma: gamma, lambda: lambda, subsample: subsample,
            columnsByTree: columnsByTree, columnsByNode: columnsByNode, maxBins: maxBins, seed: seed)
    }
}
