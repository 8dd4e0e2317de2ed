/// What a replica knows of its templates, in a form that replicas exchange and files keep.
///
/// `merge` is commutative, associative and idempotent: counts are grow-only counters of each replica, a name or a pin
/// is the last writer's, a deletion hides the messages that it saw and none that come after it.
public struct TemplateState: Sendable, Hashable {
    /// By template id.
    public internal(set) var records: [String: TemplateRecord] = [:]

    public init() {}

    /// Takes over what another replica knows.
    public mutating func merge(_ other: TemplateState) {
        for (id, record) in other.records {
            if records[id] == nil { records[id] = record } else { records[id]?.merge(record) }
        }
    }
}

/// What is known of one template.
public struct TemplateRecord: Sendable, Hashable {
    public let typedText: String
    /// Ids of the templates that this one replaced.
    public internal(set) var supersedes: Set<String> = []
    /// The messages that were counted, by the id they were counted under: this one or a replaced one.
    public internal(set) var counts: [String: ReplicaCounts] = [:]
    /// The messages of `counts` that a user deleted.
    public internal(set) var deleted: [String: ReplicaCounts] = [:]
    /// Milliseconds since 1970.
    public internal(set) var firstSeen: Int64?
    public internal(set) var lastSeen: Int64?
    /// Messages as they came, at most `maxSamples`.
    public internal(set) var samples: Set<String> = []
    public internal(set) var name: LastWrite<String>?
    /// `pinned` or nothing; a pinned template is never evicted.
    public internal(set) var pin: LastWrite<String>?

    static let maxSamples = 3

    init(typedText: String) { self.typedText = typedText }

    /// The number of messages, deleted ones excluded.
    public var count: UInt64 {
        counts.reduce(0) { $0 + $1.value.total(without: deleted[$1.key] ?? ReplicaCounts()) }
    }

    /// Takes over what is known of the same template, or of one that this one covers.
    mutating func merge(_ other: TemplateRecord) {
        supersedes.formUnion(other.supersedes)
        counts.merge(other.counts) { $0.merged(with: $1) }
        deleted.merge(other.deleted) { $0.merged(with: $1) }
        firstSeen = [firstSeen, other.firstSeen].compactMap { $0 }.min()
        lastSeen = [lastSeen, other.lastSeen].compactMap { $0 }.max()
        let union = samples.union(other.samples).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        samples = Set(union.prefix(Self.maxSamples))
        name = [name, other.name].compactMap { $0 }.max()
        pin = [pin, other.pin].compactMap { $0 }.max()
    }

    /// Takes over a template that this one replaces.
    mutating func replace(_ other: TemplateRecord, id: String) {
        merge(other)
        supersedes.insert(id)
    }
}

/// A counter that each replica raises on its own; the merge takes the larger of each.
public struct ReplicaCounts: Sendable, Hashable {
    public internal(set) var counts: [String: UInt64] = [:]

    func merged(with other: ReplicaCounts) -> ReplicaCounts {
        var merged = self
        merged.counts.merge(other.counts) { max($0, $1) }
        return merged
    }

    func total(without deleted: ReplicaCounts) -> UInt64 {
        counts.reduce(0) { $0 + ($1.value - min($1.value, deleted.counts[$1.key] ?? 0)) }
    }
}

/// A value that the last writer wins; of writes at one time, the one of the greater replica name, then value.
public struct LastWrite<Value: Sendable & Hashable & Comparable>: Sendable, Hashable, Comparable {
    /// Nil where the writer took the value away.
    public let value: Value?
    /// Milliseconds since 1970.
    public let time: Int64
    public let replica: String

    init(_ value: Value?, time: Int64, replica: String) {
        self.value = value
        self.time = time
        self.replica = replica
    }

    public static func < (left: Self, right: Self) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.replica != right.replica { return left.replica < right.replica }
        guard let rightValue = right.value else { return false }
        return left.value.map { $0 < rightValue } ?? true
    }
}
