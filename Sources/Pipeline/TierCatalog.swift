internal import TocsinCore

/// What the three tiers say of themselves, asked again when it is older than `lifetime`.
actor TierCatalog {
    struct Entry: Sendable {
        var parsing: TierInfo
        var embedding: TierInfo
        var classifying: TierInfo
    }

    private let parsing: any ParsingTier
    private let embedding: any EmbeddingTier
    private let classifying: any ClassifyingTier
    private let lifetime: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private var known: (entry: Entry, since: ContinuousClock.Instant)?

    init(
        parsing: any ParsingTier, embedding: any EmbeddingTier, classifying: any ClassifyingTier, lifetime: Duration,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.parsing = parsing
        self.embedding = embedding
        self.classifying = classifying
        self.lifetime = lifetime
        self.now = now
    }

    func entry() async throws -> Entry {
        if let known, now() - known.since < lifetime { return known.entry }
        async let parser = parsing.info()
        async let embedder = embedding.info()
        async let classifier = classifying.info()
        let entry = try await Entry(parsing: parser, embedding: embedder, classifying: classifier)
        known = (entry, now())
        return entry
    }
}

extension TierCatalog.Entry {
    /// The loaded model that `name` means: the active one where it is nil.
    func model(named name: String?) throws(AnalysisError) -> ModelInfo {
        let loaded = classifying.models.map(\.name)
        if let name {
            guard let model = classifying.models.first(where: { $0.name == name }) else {
                throw .unknownModel(name: name, loaded: loaded)
            }
            return model
        }
        guard let active = classifying.models.first(where: \.isActive) else { throw .noActiveModel(loaded: loaded) }
        return active
    }
}
