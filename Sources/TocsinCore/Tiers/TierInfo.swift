/// What every tier says of itself.
public struct TierInfo: Sendable, Hashable {
    /// `parser`, `embedding`, `classifier` or `edge`.
    public var tier: String
    /// The program's version.
    public var version: String
    /// The most lines, texts or rows in one batch.
    public var maxBatchItems: Int
    /// The most bytes of one item; longer ones are cut and said to be.
    public var maxItemBytes: Int
    /// The most bytes of one message.
    public var maxMessageBytes: Int
    /// The kernels that multiply matrices, such as `Haswell`; nil where the tier multiplies none.
    public var openBLASCore: String?
    /// What the tier computes with: models, encoders, template trees.
    public var models: [ModelInfo]
    /// The log types that a batch may be forced to; empty where the tier is no parser.
    public var logTypes: [String]
    /// What waits at the moment; nil where the tier queues nothing.
    public var queue: TierQueue?

    public init(
        tier: String, version: String, maxBatchItems: Int, maxItemBytes: Int, maxMessageBytes: Int,
        openBLASCore: String? = nil, models: [ModelInfo] = [], logTypes: [String] = [], queue: TierQueue? = nil
    ) {
        self.tier = tier
        self.version = version
        self.maxBatchItems = maxBatchItems
        self.maxItemBytes = maxItemBytes
        self.maxMessageBytes = maxMessageBytes
        self.openBLASCore = openBLASCore
        self.models = models
        self.logTypes = logTypes
        self.queue = queue
    }
}

/// What a tier's queue holds at a moment, of all its callers.
public struct TierQueue: Sendable, Hashable {
    /// Items that nothing computes yet.
    public var waitingItems: Int
    /// Calls that wait for an item, be it computed already or not.
    public var calls: Int

    public init(waitingItems: Int, calls: Int) {
        self.waitingItems = waitingItems
        self.calls = calls
    }
}

/// One artifact that a tier has loaded.
public struct ModelInfo: Sendable, Hashable {
    /// The name that requests use, such as `ml`.
    public var name: String
    /// The algorithm, such as `XGBoost`.
    public var algorithm: String
    public var version: String
    public var sha256: String
    /// True for the one that answers where a request names none.
    public var isActive: Bool
    /// What is known beside; nil where a verdict names its model in passing.
    public var details: ModelDetails?
    /// Of a classifier's model: the encoder variants whose vectors it reads, in the order that it reads them.
    public var encoderVariants: [EncoderVariant]

    public init(
        name: String, algorithm: String, version: String, sha256: String, isActive: Bool, details: ModelDetails? = nil,
        encoderVariants: [EncoderVariant] = []
    ) {
        self.name = name
        self.algorithm = algorithm
        self.version = version
        self.sha256 = sha256
        self.isActive = isActive
        self.details = details
        self.encoderVariants = encoderVariants
    }
}

/// How an artifact was made, how good it is and what it consists of.
public struct ModelDetails: Sendable, Hashable {
    /// A file of the artifact.
    public struct File: Sendable, Hashable {
        /// Relative to the folder of models.
        public var path: String
        public var byteCount: Int

        public init(path: String, byteCount: Int) {
            self.path = path
            self.byteCount = byteCount
        }
    }

    /// Distinct rows that the model was trained on.
    public var trainingSamples: Int
    /// Macro-F1 per template, in 0...1, on templates that training did not see; nil where nobody measured it.
    public var macroF1: Double?
    public var files: [File]
    /// By the name of the protocol that held templates out: `T`, new messages of known systems; `S`, of systems that
    /// training saw no line of. Empty where nobody measured it.
    public var evaluation: [String: ModelQuality]

    public init(
        trainingSamples: Int, macroF1: Double?, files: [File], evaluation: [String: ModelQuality] = [:]
    ) {
        self.trainingSamples = trainingSamples
        self.macroF1 = macroF1
        self.files = files
        self.evaluation = evaluation
    }
}
