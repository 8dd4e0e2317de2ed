/// Everything that a model may read of each line, column by column: `count` rows in each.
public struct ClassifyBatch: Sendable, Hashable {
    /// `[count, 768 for each encoder]`: the embeddings of the model text by every encoder variant that the model reads,
    /// side by side; no rows where it reads none.
    public var vectors: VectorBlock
    /// `[count, 22]`: the line features.
    public var features: VectorBlock
    public var modelTexts: LineBlock
    /// The frozen tree's template of each line.
    public var modelTemplates: LineBlock
    public var logTypes: [String]
    /// The model that is asked for; nil takes the classifier's active one.
    public var model: String?
    public var featureSchema: FeatureSchema
    /// Of the encoders that made the vectors, in the order of their columns.
    public var encoderSHA256s: [String]

    public init(
        vectors: VectorBlock, features: VectorBlock, modelTexts: LineBlock, modelTemplates: LineBlock,
        logTypes: [String], model: String? = nil, featureSchema: FeatureSchema, encoderSHA256s: [String]
    ) {
        self.vectors = vectors
        self.features = features
        self.modelTexts = modelTexts
        self.modelTemplates = modelTemplates
        self.logTypes = logTypes
        self.model = model
        self.featureSchema = featureSchema
        self.encoderSHA256s = encoderSHA256s
    }

    public var count: Int { features.count }
}

/// The classifying tier's answer: one verdict a row, in the order of the batch.
public struct ClassifiedBatch: Sendable, Hashable {
    public var predictions: [ItemResult<Prediction>]
    /// The model that answered.
    public var model: ModelInfo

    public init(predictions: [ItemResult<Prediction>], model: ModelInfo) {
        self.predictions = predictions
        self.model = model
    }
}
