internal import TocsinCore

/// What the three tiers say of themselves, asked again when it is older than `lifetime`.
actor TierCatalog {
    struct Infos: Sendable {
        var parsing: TierInfo
        var embedding: TierInfo
        var classifying: TierInfo
    }

    private let tiers: Tiers
    private let lifetime: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private var known: (infos: Infos, since: ContinuousClock.Instant)?
    /// Raised by `forget`: what was asked before then may no longer be so, and is not kept.
    private var generation = 0

    init(_ tiers: Tiers, lifetime: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.tiers = tiers
        self.lifetime = lifetime
        self.now = now
    }

    func forget() {
        known = nil
        generation += 1
    }

    func infos() async throws -> Infos {
        if let known, now() - known.since < lifetime { return known.infos }
        let asked = generation
        async let parser = tiers.parsing.info()
        async let embedder = tiers.embedding.info()
        async let classifier = tiers.classifying.info()
        let infos = try await Infos(parsing: parser, embedding: embedder, classifying: classifier)
        if asked == generation { known = (infos, now()) }
        return infos
    }
}

extension TierCatalog.Infos {
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
