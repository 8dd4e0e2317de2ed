/// What an analysis cost: where its time went and how much deduplication saved.
public struct AnalysisWork: Sendable, Hashable {
    /// Time spent waiting for each tier; the stages overlap, so their sum may exceed `total`.
    public var parsing: Duration = .zero
    public var embedding: Duration = .zero
    public var classifying: Duration = .zero
    public var total: Duration = .zero
    /// Lines that were parsed.
    public var lines = 0
    /// Distinct model texts that were sent to be embedded.
    public var embeddedTexts = 0
    /// Distinct rows of model inputs that were sent to be classified.
    public var classifiedRows = 0

    public init() {}

    /// Adds what another analysis cost, which ran after this one.
    public mutating func add(_ other: AnalysisWork) {
        parsing += other.parsing
        embedding += other.embedding
        classifying += other.classifying
        total += other.total
        lines += other.lines
        embeddedTexts += other.embeddedTexts
        classifiedRows += other.classifiedRows
    }
}
