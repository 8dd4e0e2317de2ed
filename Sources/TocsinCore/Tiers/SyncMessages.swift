/// A parser asks another one what changed in its live tree.
public struct SyncRequest: Sendable, Hashable {
    /// The tree of the last answer; nil: there was none.
    public var tree: String?
    /// The position of the last answer.
    public var position: UInt64

    public init(tree: String? = nil, position: UInt64 = 0) {
        self.tree = tree
        self.position = position
    }
}

/// What changed in a live tree after a position.
public struct SyncResponse: Sendable, Hashable {
    /// The name that the tree counts under.
    public var replica: String
    /// New with each start: positions in another tree mean nothing.
    public var tree: String
    /// What to ask for next.
    public var position: UInt64
    /// True where the answer was cut: ask again at once.
    public var hasMore: Bool
    public var records: [TemplateRecord]

    public init(replica: String, tree: String, position: UInt64, hasMore: Bool, records: [TemplateRecord]) {
        self.replica = replica
        self.tree = tree
        self.position = position
        self.hasMore = hasMore
        self.records = records
    }
}

/// Templates that were kept elsewhere, to be merged into a live tree.
public struct ImportTemplates: Sendable, Hashable {
    public var records: [TemplateRecord]

    public init(records: [TemplateRecord]) { self.records = records }
}

/// The live tree after an import.
public struct ImportedTemplates: Sendable, Hashable {
    /// Its templates.
    public var count: Int

    public init(count: Int) { self.count = count }
}
