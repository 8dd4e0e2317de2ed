/// Rows whose verdicts the classifying tier is to explain.
public struct ExplainBatch: Sendable, Hashable {
    public var rows: ClassifyBatch
    /// What is explained, one a row; nil explains the class that each row is given.
    public var classes: [AnomalyClass]?

    public init(rows: ClassifyBatch, classes: [AnomalyClass]? = nil) {
        self.rows = rows
        self.classes = classes
    }

    public var count: Int { rows.count }
}

/// The classifying tier's answer: one explanation a row, in the order of the batch.
public struct ExplainedBatch: Sendable, Hashable {
    public var explanations: [ItemResult<RowExplanation>]
    /// The model that answered.
    public var model: ModelInfo

    public init(explanations: [ItemResult<RowExplanation>], model: ModelInfo) {
        self.explanations = explanations
        self.model = model
    }
}

/// Why a model gave a row its verdict.
public struct RowExplanation: Sendable, Hashable {
    public var prediction: Prediction
    /// The class that is explained: mostly the predicted one.
    public var anomalyClass: AnomalyClass
    /// Nil where the model's margin is no sum of parts.
    public var margin: MarginParts?
    /// What the model was trained on that is most like the row, at most three, the nearest first; none where it keeps
    /// none.
    public var nearest: [KnownTemplate]
    /// True where nothing that the model was trained on is near.
    public var isFarFromKnown: Bool
    /// For people.
    public var sentence: String

    public init(
        prediction: Prediction, anomalyClass: AnomalyClass, margin: MarginParts? = nil, nearest: [KnownTemplate] = [],
        isFarFromKnown: Bool = false, sentence: String = ""
    ) {
        self.prediction = prediction
        self.anomalyClass = anomalyClass
        self.margin = margin
        self.nearest = nearest
        self.isFarFromKnown = isFarFromKnown
        self.sentence = sentence
    }
}

/// A class's margin, before calibration, as a sum: `value` is `base` and all contributions, exactly but for rounding.
public struct MarginParts: Sendable, Hashable {
    /// What many features add together.
    public struct Group: Sendable, Hashable {
        /// `meaning`, `text`, `template`, `level`, `time`, `position`, `keywords` or `words`.
        public var name: String
        /// For people, such as `meaning of the text`.
        public var title: String
        public var contribution: Double

        public init(name: String, title: String, contribution: Double) {
            self.name = name
            self.title = title
            self.contribution = contribution
        }
    }

    /// What one feature adds.
    public struct Feature: Sendable, Hashable {
        /// Of the feature table, such as `failure_words`.
        public var name: String
        /// The name of its group.
        public var group: String
        /// What the number is, with its unit and range.
        public var meaning: String
        /// Of this row.
        public var value: Double
        public var contribution: Double

        public init(name: String, group: String, meaning: String, value: Double, contribution: Double) {
            self.name = name
            self.group = group
            self.meaning = meaning
            self.value = value
            self.contribution = contribution
        }
    }

    /// The margin of a row of which nothing is known.
    public var base: Double
    /// The margin of this row.
    public var value: Double
    /// The largest first; they add up to `value - base`.
    public var groups: [Group]
    /// Those that say most, the largest first; components of vectors are left out, as they mean nothing by themselves.
    public var features: [Feature]
    /// Of models that read words; they add up to their group.
    public var words: [WordContribution]

    public init(
        base: Double, value: Double, groups: [Group] = [], features: [Feature] = [], words: [WordContribution] = []
    ) {
        self.base = base
        self.value = value
        self.groups = groups
        self.features = features
        self.words = words
    }
}

/// What a word of a text adds to a class.
public struct WordContribution: Sendable, Hashable {
    public var word: String
    /// Above 0 where the word speaks for the class.
    public var contribution: Double

    public init(_ word: String, _ contribution: Double) {
        self.word = word
        self.contribution = contribution
    }
}

/// A text that a model was trained on, and how like it another one is.
public struct KnownTemplate: Sendable, Hashable {
    public var text: String
    public var anomalyClass: AnomalyClass
    /// Of the line, such as `HDFS`.
    public var source: String
    /// The cosine of the two vectors, centred on what is known: 1 for the same, about 0 for unrelated ones.
    public var similarity: Double

    public init(text: String, anomalyClass: AnomalyClass, source: String, similarity: Double) {
        self.text = text
        self.anomalyClass = anomalyClass
        self.source = source
        self.similarity = similarity
    }
}
