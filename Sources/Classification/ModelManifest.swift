public import TocsinCore

/// What a model's folder says of itself in `manifest.json`.
public struct ModelManifest: Sendable, Hashable, Codable {
    /// The version of this file's layout that this program reads.
    public static let formatVersion = 1
    /// The manifest's name in a model's folder.
    public static let fileName = "manifest.json"

    public var formatVersion: Int
    /// As requests name the model.
    public var name: String
    /// As answers show the algorithm, such as `XGBoost`.
    public var algorithm: String
    public var version: String
    /// Every other file of the folder that the model consists of, by name.
    public var files: [String: File]
    /// SHA-256 of the encoder weights whose vectors the model was trained on; empty where it reads none of its own.
    public var encoderSHA256: String
    /// The version of the feature table and model text.
    public var featureSchemaVersion: Int
    /// SHA-256 of the frozen template tree.
    public var templateTreeSHA256: String
    /// The names of the classes by index.
    public var classes: [String]
    /// What margins are divided by before they become probabilities.
    public var temperature: Double
    /// A verdict with less confidence abstains.
    public var abstentionThreshold: Double
    public var training: Training
    /// Figures of the model's evaluation, such as `T macro-F1 per template`.
    public var metrics: [String: Double]

    public struct File: Sendable, Hashable, Codable {
        public var sha256: String
        public var byteCount: Int

        public init(sha256: String, byteCount: Int) {
            self.sha256 = sha256
            self.byteCount = byteCount
        }

        init(of bytes: [UInt8]) {
            self.init(sha256: SHA256.hexadecimalDigest(of: bytes), byteCount: bytes.count)
        }
    }

    /// What the model was made from.
    public struct Training: Sendable, Hashable, Codable {
        /// SHA-256 of the training texts and labels in their order.
        public var dataSHA256: String
        /// Lines that were read.
        public var lineCount: Int
        /// Rows after duplicates were taken out.
        public var sampleCount: Int
        public var seed: Int
        /// The algorithm's settings, by its own names.
        public var parameters: [String: String]

        public init(dataSHA256: String, lineCount: Int, sampleCount: Int, seed: Int, parameters: [String: String]) {
            self.dataSHA256 = dataSHA256
            self.lineCount = lineCount
            self.sampleCount = sampleCount
            self.seed = seed
            self.parameters = parameters
        }
    }

    /// A manifest of the classes and feature table of this program; its files are filled in when it is written.
    public init(
        name: String, algorithm: String, version: String, encoderSHA256: String, featureSchema: FeatureSchema,
        temperature: Double, abstentionThreshold: Double, training: Training, metrics: [String: Double]
    ) {
        formatVersion = Self.formatVersion
        self.name = name
        self.algorithm = algorithm
        self.version = version
        files = [:]
        self.encoderSHA256 = encoderSHA256
        featureSchemaVersion = featureSchema.version
        templateTreeSHA256 = featureSchema.templateTreeSHA256
        classes = AnomalyClass.allCases.map(\.name)
        self.temperature = temperature
        self.abstentionThreshold = abstentionThreshold
        self.training = training
        self.metrics = metrics
    }

    /// What lines must have been read with.
    public var featureSchema: FeatureSchema {
        FeatureSchema(version: featureSchemaVersion, templateTreeSHA256: templateTreeSHA256)
    }
}

extension ModelManifest {
    /// The figure of an evaluation that answers show as the model's F1 score.
    static let headlineMetric = "T macro-F1 per template"
}
