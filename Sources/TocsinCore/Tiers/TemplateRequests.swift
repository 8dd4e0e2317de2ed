/// Which templates of a live tree are asked for.
public struct TemplateQuery: Sendable, Hashable {
    /// The most templates of one page.
    public static let maxLimit = 1000

    /// Only templates whose text, typed text, name or id has it; nil: all.
    public var contains: String?
    public var pinnedOnly: Bool
    /// Only templates with so many messages.
    public var minCount: UInt64
    /// The number of templates to pass over, of those that fit.
    public var offset: Int
    /// The most templates to answer.
    public var limit: Int

    public init(
        contains: String? = nil, pinnedOnly: Bool = false, minCount: UInt64 = 0, offset: Int = 0,
        limit: Int = TemplateQuery.maxLimit
    ) {
        self.contains = contains
        self.pinnedOnly = pinnedOnly
        self.minCount = minCount
        self.offset = offset
        self.limit = limit
    }

    public func fits(_ template: TemplateSummary) -> Bool {
        guard template.count >= minCount, template.isPinned || !pinnedOnly else { return false }
        guard let contains else { return true }
        return [template.text, template.typedText, template.id, template.name ?? ""].contains { $0.contains(contains) }
    }
}

/// One page of the templates that were asked for, those with most messages first.
public struct TemplatePage: Sendable, Hashable {
    public var templates: [TemplateSummary]
    /// The templates that fit, on all pages.
    public var total: Int
    /// The messages of all of them.
    public var totalCount: UInt64

    public init(templates: [TemplateSummary], total: Int, totalCount: UInt64) {
        self.templates = templates
        self.total = total
        self.totalCount = totalCount
    }

    /// The page of `templates`, which are all there are, in their order.
    public init(_ query: TemplateQuery, of templates: [TemplateSummary]) {
        let fitting = templates.filter(query.fits)
        self.init(
            templates: Array(fitting.dropFirst(query.offset).prefix(query.limit)), total: fitting.count,
            totalCount: fitting.reduce(0) { $0 &+ $1.count })
    }
}

/// Keeps a template from being evicted, or lets it go again.
public struct PinTemplate: Sendable, Hashable {
    public var id: String
    public var isPinned: Bool

    public init(id: String, isPinned: Bool) {
        self.id = id
        self.isPinned = isPinned
    }
}

/// Gives a template a name, or takes it away.
public struct RenameTemplate: Sendable, Hashable {
    public var id: String
    public var name: String?

    public init(id: String, name: String?) {
        self.id = id
        self.name = name
    }
}

/// Deletes a template with the messages that were counted so far.
public struct DeleteTemplate: Sendable, Hashable {
    public var id: String

    public init(id: String) { self.id = id }
}
