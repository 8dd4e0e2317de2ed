/// What is known of one template of a live tree, in a form that replicas exchange and files keep.
///
/// `merge` is commutative, associative and idempotent: counts are grow-only counters of each replica, a name or a pin
/// is the last writer's, a deletion hides the messages that it saw and none that come after it.
public struct TemplateRecord: Sendable, Hashable {
    /// The first 128 bits of the SHA-256 of `typedText`, in hexadecimal.
    public let id: String
    public let typedText: String
    /// Ids of the templates that this one replaced.
    public var supersedes: Set<String> = []
    /// The messages that were counted, by the id they were counted under: this one or a replaced one.
    public var counts: [String: ReplicaCounts] = [:]
    /// The messages of `counts` that a user deleted.
    public var deleted: [String: ReplicaCounts] = [:]
    /// Milliseconds since 1970.
    public var firstSeen: Int64?
    public var lastSeen: Int64?
    /// Messages as they came, at most `maxSamples`.
    public var samples: Set<String> = []
    /// The different masked messages that the template was mined from.
    public var forms = TemplateForms()
    public var name: LastWrite?
    /// `pinned` or nothing; a pinned template is evicted only where all are.
    public var pin: LastWrite?

    public static let maxSamples = 3

    public init(typedText: String) { self.init(id: Self.id(ofTypedText: typedText), typedText: typedText) }

    /// - Parameter id: that of the text, where it is known already.
    public init(id: String, typedText: String) {
        self.id = id
        self.typedText = typedText
    }

    /// A template's id.
    public static func id(ofTypedText text: String) -> String {
        SHA256.hexadecimalDigest(of: text.utf8, digitCount: 32)
    }

    /// The number of messages, deleted ones excluded.
    public var count: UInt64 {
        counts.reduce(0) { $0 &+ $1.value.total(without: deleted[$1.key] ?? ReplicaCounts()) }
    }

    public var isPinned: Bool { pin?.value != nil }

    /// False for what is left of a template that a user deleted.
    public var isLive: Bool { count > 0 || isPinned || deleted.isEmpty }

    /// Takes over what is known of the same template, or of one whose messages this one has now.
    public mutating func merge(_ other: TemplateRecord) {
        supersedes.formUnion(other.supersedes)
        counts.merge(other.counts) { $0.merged(with: $1) }
        deleted.merge(other.deleted) { $0.merged(with: $1) }
        firstSeen = [firstSeen, other.firstSeen].compactMap { $0 }.min()
        lastSeen = [lastSeen, other.lastSeen].compactMap { $0 }.max()
        if samples != other.samples {
            let union = samples.union(other.samples).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            samples = Set(union.prefix(Self.maxSamples))
        }
        forms.merge(other.forms)
        name = [name, other.name].compactMap { $0 }.max()
        pin = [pin, other.pin].compactMap { $0 }.max()
    }
}

/// A text that the last writer wins; of writes at one time, the one of the greater replica name, then text.
public struct LastWrite: Sendable, Hashable, Comparable {
    /// Nil where the writer took the text away.
    public let value: String?
    /// Milliseconds since 1970.
    public let time: Int64
    public let replica: String

    public init(_ value: String?, time: Int64, replica: String) {
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
