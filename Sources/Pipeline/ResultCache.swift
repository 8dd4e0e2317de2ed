internal import Synchronization
internal import TocsinCore

/// Remembers across analyses what the embedding and the classifier tier said of each distinct input.
///
/// A verdict is a pure function of its `VerdictKey` and of what the key's context names, so that an answer from here is
/// the answer that the tiers would give.
final class ResultCache: Sendable {
    let vectors: SharedMemory<TextKey, TextVector>
    let verdicts: SharedMemory<VerdictKey, Prediction>
    private let contexts = Mutex(Contexts())

    private struct Contexts {
        var numbers: [ResultContext: Int] = [:]
        var next = 0
    }

    /// Contexts come and go as models do; of more, all are numbered anew.
    private static let maxContexts = 64

    init(vectorBytes: Int, verdictBytes: Int) {
        vectors = SharedMemory(maxBytes: vectorBytes)
        verdicts = SharedMemory(maxBytes: verdictBytes)
    }

    /// A number that stands for `context` in keys; no other context has or had it.
    func number(of context: ResultContext) -> Int {
        contexts.withLock { contexts in
            if let number = contexts.numbers[context] { return number }
            if contexts.numbers.count == Self.maxContexts { contexts.numbers = [:] }
            contexts.next += 1
            contexts.numbers[context] = contexts.next
            return contexts.next
        }
    }
}

/// What results depend on beside the line: what the tiers say that they compute with.
struct ResultContext: Hashable, Sendable {
    /// One artifact; its algorithm says the precision.
    private struct Artifact: Hashable, Sendable {
        var name: String
        var algorithm: String
        var version: String
        var sha256: String

        init(_ model: ModelInfo) {
            name = model.name
            algorithm = model.algorithm
            version = model.version
            sha256 = model.sha256
        }
    }

    private let model: Artifact
    private let classifierVersion: String
    private let encoders: [Artifact]
    private let embeddingVersion: String
    private let schema: FeatureSchema

    init(model: ModelInfo, schema: FeatureSchema, infos: TierCatalog.Infos) {
        self.model = Artifact(model)
        classifierVersion = infos.classifying.version
        encoders = infos.embedding.models.map(Artifact.init)
        embeddingVersion = infos.embedding.version
        self.schema = schema
    }
}

/// A text for one encoder.
struct TextKey: Hashable, Sendable {
    let context: Int
    /// That was asked for; nil is the encoder's own.
    let precision: EncoderPrecision?
    let text: String

    /// An estimate of what the text and its vector take in a cache.
    func bytes(with vector: TextVector) -> Int { text.utf8.count + vector.values.count * 4 + 256 }
}

/// Everything that a verdict depends on.
struct VerdictKey: Hashable, Sendable {
    /// The number of the context that the verdict is made in.
    let context: Int
    let modelText: String
    let modelTemplate: String
    let logType: String
    let features: [Float]
    /// Keys are looked up more than once.
    private let digest: Int

    init(_ line: ParsedLine, context: Int) {
        self.context = context
        modelText = line.modelText
        modelTemplate = line.modelTemplate
        logType = line.logType
        features = line.features
        var hasher = Hasher()
        hasher.combine(context)
        hasher.combine(modelText)
        hasher.combine(modelTemplate)
        hasher.combine(logType)
        line.features.withUnsafeBytes { hasher.combine(bytes: $0) }
        digest = hasher.finalize()
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    /// Features are compared bit by bit: what is not a number is equal to itself.
    static func == (left: Self, right: Self) -> Bool {
        left.digest == right.digest && left.context == right.context && left.modelText == right.modelText
            && left.modelTemplate == right.modelTemplate && left.logType == right.logType
            && left.features.withUnsafeBytes { left in
                right.features.withUnsafeBytes { left.elementsEqual($0) }
            }
    }

    /// An estimate of what the key and its verdict take in a cache.
    var bytes: Int { modelText.utf8.count + modelTemplate.utf8.count + features.count * 4 + 320 }
}
