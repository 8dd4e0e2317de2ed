public import TocsinCore

/// Detects formats, parses fields, mines templates and computes line features.
///
/// Results come in the order of the batch; a line that cannot be read fails alone. An error that is thrown concerns
/// the whole call: the tier is away (`TierError.unavailable`), its time is over, or the request is wrong.
public protocol ParsingTier: Sendable {
    func parse(_ batch: ParseBatch) async throws -> ParsedBatch
    /// Those of the live tree, as one replica knows them.
    func templates(_ query: TemplateQuery) async throws -> TemplatePage
    func info() async throws -> TierInfo
}

/// Turns model texts into 768-wide vectors, and what vectors say back into what each token of a text said.
public protocol EmbeddingTier: Sendable {
    func embed(_ batch: EmbedBatch) async throws -> EmbeddedBatch
    func attribute(_ batch: AttributeBatch) async throws -> AttributedBatch
    func info() async throws -> TierInfo
}

/// Gives each row of vector, features and texts a class, and says why.
public protocol ClassifyingTier: Sendable {
    func classify(_ batch: ClassifyBatch) async throws -> ClassifiedBatch
    func explain(_ batch: ExplainBatch) async throws -> ExplainedBatch
    func info() async throws -> TierInfo
    /// Makes a loaded model the one that answers where a request names none, on every replica.
    ///
    /// - Parameter model: its name, or ``previousModel``.
    func activate(_ model: String) async throws
}

extension ClassifyingTier {
    /// Stands for the model that was active before the active one.
    public static var previousModel: String { "" }
}

/// The three tiers that an analysis takes, each in this process or behind a socket.
public struct Tiers: Sendable {
    public var parsing: any ParsingTier
    public var embedding: any EmbeddingTier
    public var classifying: any ClassifyingTier

    public init(parsing: any ParsingTier, embedding: any EmbeddingTier, classifying: any ClassifyingTier) {
        self.parsing = parsing
        self.embedding = embedding
        self.classifying = classifying
    }
}

/// Why a whole call to a tier failed, whether the tier runs in this process or behind a socket.
public enum TierError: Error, Sendable, Hashable {
    /// The tier cannot be reached or is shutting down; another replica or a later try may succeed.
    case unavailable(tier: String, reason: String)
    /// The tier has more work than it takes; after `retryAfter`, where it is known, it may take the call.
    case overloaded(tier: String, reason: String, retryAfter: Duration? = nil)
    case deadlineExceeded(tier: String)
    /// The request is wrong, and would be wrong again.
    case invalidRequest(tier: String, reason: String)
    /// The tier failed; its log says more.
    case failed(tier: String, reason: String)
}

extension TierError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unavailable(let tier, let reason): "the \(tier) tier cannot be reached: \(reason)"
        case .overloaded(let tier, let reason, _): "the \(tier) tier is overloaded: \(reason)"
        case .deadlineExceeded(let tier): "the \(tier) tier did not answer in time"
        case .invalidRequest(let tier, let reason): "the \(tier) tier refused the request: \(reason)"
        case .failed(let tier, let reason): "the \(tier) tier failed: \(reason)"
        }
    }

    /// The tier that failed: `parser`, `embedding` or `classifier`.
    public var tier: String {
        switch self {
        case .unavailable(let tier, _), .overloaded(let tier, _, _), .deadlineExceeded(let tier),
            .invalidRequest(let tier, _), .failed(let tier, _):
            tier
        }
    }
}
