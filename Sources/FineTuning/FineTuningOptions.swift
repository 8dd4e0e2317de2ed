internal import Heads

/// How an encoder is fine-tuned: which numbers are learned, and how.
public struct FineTuningOptions: Sendable, Hashable, Codable {
    /// The inner width of the low-rank adapters on every layer's query and value. Hu et al., "LoRA", ICLR 2022.
    public var rank = 8
    /// Adapters count `alpha / rank`.
    public var alpha: Float = 16
    /// The widths of the label head's inner layers; none makes it linear.
    public var headWidths: [Int] = []
    /// Features of each text that the label head reads behind its embedding.
    public var featureCount = 0
    /// Domains that the encoder is trained against telling apart; 0 leaves the domain head out. Ganin et al.,
    /// "Domain-Adversarial Training of Neural Networks", JMLR 2016.
    public var domainCount = 0
    /// The widths of the domain head's inner layers.
    public var domainHeadWidths: [Int] = [128]
    /// What the reversed gradient of the domain head is multiplied by at the end of its schedule.
    public var reversal: Float = 1

    public var epochs = 4
    /// Tokens in one step, at least one text: more makes steps rarer and their gradients smoother.
    public var batchTokens = 1_024
    /// The highest learning rate of the adapters.
    public var learningRate: Float = 1e-3
    /// The highest learning rate of the heads.
    public var headLearningRate: Float = 1e-3
    /// The share of the training in which the learning rate grows to its highest; then it falls to 0 evenly.
    public var warmUpShare: Float = 0.06
    public var weightDecay: Float = 0.01
    /// Gradients longer than this are shortened to it.
    public var clipNorm: Float = 1
    public var dropout: Float = 0.1
    /// The share of each label that is spread over all classes.
    public var labelSmoothing: Float = 0
    /// Epochs without a better validation score after which training stops.
    public var patience = 2
    /// Everything that is drawn depends on it alone.
    public var seed = 1

    public init() {}

    /// By which adapters are multiplied.
    public var adapterScale: Float { alpha / Float(rank) }

    func labelShape(embeddingWidth: Int, classCount: Int) -> DenseShape {
        DenseShape(widths: [embeddingWidth + featureCount] + headWidths + [classCount])
    }

    func domainShape(embeddingWidth: Int) -> DenseShape? {
        domainCount > 0 ? DenseShape(widths: [embeddingWidth] + domainHeadWidths + [domainCount]) : nil
    }
}

/// A text to learn from.
public struct FineTuningExample: Sendable, Hashable, Codable {
    /// Special tokens included.
    public var tokenIDs: [Int32]
    /// What the label head reads behind the embedding.
    public var features: [Float]
    /// The class index.
    public var label: Int
    /// How much the text counts.
    public var weight: Float
    /// Where the text comes from, for the domain head.
    public var domain: Int

    public init(tokenIDs: [Int32], features: [Float] = [], label: Int, weight: Float = 1, domain: Int = 0) {
        self.tokenIDs = tokenIDs
        self.features = features
        self.label = label
        self.weight = weight
        self.domain = domain
    }
}
