/// One template of a live tree as users see it.
public struct TemplateSummary: Sendable, Hashable {
    public var id: String
    /// With `<*>` for every variable part.
    public var text: String
    /// With typed masks: `<IP>`, `<NUM>`, …
    public var typedText: String
    /// Ids of the templates that this one replaced, ascending.
    public var supersedes: [String]
    /// The one that a user gave it.
    public var name: String?
    public var isPinned: Bool
    /// The messages of all replicas, under this template and those that it replaced.
    public var count: UInt64
    /// Milliseconds since 1970; nil where no message had a time.
    public var firstSeen: Int64?
    public var lastSeen: Int64?
    /// A few messages, cut where they are long.
    public var samples: [String]

    public init(
        id: String, text: String, typedText: String, supersedes: [String] = [], name: String? = nil,
        isPinned: Bool = false, count: UInt64, firstSeen: Int64? = nil, lastSeen: Int64? = nil, samples: [String] = []
    ) {
        self.id = id
        self.text = text
        self.typedText = typedText
        self.supersedes = supersedes
        self.name = name
        self.isPinned = isPinned
        self.count = count
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.samples = samples
    }
}
