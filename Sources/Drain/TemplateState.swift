public import TocsinCore

/// What a replica knows of its templates. `merge` is commutative, associative and idempotent, as that of its records.
public struct TemplateState: Sendable, Hashable {
    /// By template id.
    public internal(set) var records: [String: TemplateRecord] = [:]

    public init() {}

    public init(_ records: some Sequence<TemplateRecord>) {
        for record in records { take(record) }
    }

    /// Takes over what another replica knows.
    public mutating func merge(_ other: TemplateState) {
        for record in other.records.values { take(record) }
    }

    private mutating func take(_ record: TemplateRecord) {
        if records[record.id] == nil { records[record.id] = record } else { records[record.id]?.merge(record) }
    }
}
