/// What users see of the templates, and what they may change.
extension DrainTree {
    /// All templates, those with most messages first.
    public func summaries() -> [TemplateSummary] {
        groups.filter(\.isResident).map { TemplateSummary($0, replica: replica) }
            .sorted { ($1.count, $0.id) < ($0.count, $1.id) }
    }

    /// The id of the template that has that id or replaced the one that had it; nil where the tree has none.
    public func currentID(of id: String) -> String? { slot(of: id).map { groups[Int($0)].id } }

    /// Gives a template a name, or takes it away; the name stays with what the template becomes.
    ///
    /// - Parameter time: In milliseconds since 1970; of two replicas' names the later one stays.
    public mutating func rename(_ id: String, to name: String?, at time: Int64) throws(TemplateEditError) {
        let slot = try known(id)
        let write = LastWrite(name, time: time, replica: replica)
        groups[Int(slot)].record.name = max(groups[Int(slot)].record.name ?? write, write)
    }

    /// Keeps a template from being evicted, or lets it go again.
    public mutating func setPinned(_ isPinned: Bool, _ id: String, at time: Int64) throws(TemplateEditError) {
        let slot = try known(id)
        let write = LastWrite(isPinned ? "pinned" : nil, time: time, replica: replica)
        groups[Int(slot)].record.pin = max(groups[Int(slot)].record.pin ?? write, write)
    }

    /// Deletes a template with all messages that were counted so far, here and on all replicas that merge it.
    ///
    /// A message of the event that comes later makes the template anew.
    public mutating func delete(_ id: String) throws(TemplateEditError) {
        let slot = try known(id)
        var record = groups[Int(slot)].fullRecord(replica: replica)
        record.deleted.merge(record.counts) { $0.merged(with: $1) }
        record.samples = []
        record.pin = nil
        deleted[groups[Int(slot)].id] = record
        evict(slot)
    }

    private func slot(of id: String) -> Int32? {
        if let slot = slotsByID[id] { return slot }
        return slotsByID.values.filter { groups[Int($0)].supersedes.contains(id) }
            .min { groups[Int($0)].id < groups[Int($1)].id }
    }

    private func known(_ id: String) throws(TemplateEditError) -> Int32 {
        guard let slot = slot(of: id) else { throw .unknownTemplate(id: id) }
        return slot
    }
}

/// One template as users see it.
public struct TemplateSummary: Sendable, Hashable {
    public let id: String
    public let text: String
    public let typedText: String
    public let supersedes: [String]
    public let name: String?
    public let isPinned: Bool
    /// The messages of all replicas, under this template and those that it replaced.
    public let count: UInt64
    /// Milliseconds since 1970; nil where no message had a time.
    public let firstSeen: Int64?
    public let lastSeen: Int64?
    /// A few messages, cut where they are long.
    public let samples: [String]

    init(_ group: TemplateGroup, replica: String) {
        let record = group.fullRecord(replica: replica)
        id = group.id
        text = group.text
        typedText = group.typedText
        supersedes = group.supersedes
        name = record.name?.value
        isPinned = group.isPinned
        count = record.count
        firstSeen = record.firstSeen
        lastSeen = record.lastSeen
        samples = record.samples.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

/// Why a template cannot be changed.
public enum TemplateEditError: Error, Sendable, Hashable, CustomStringConvertible {
    case unknownTemplate(id: String)

    public var description: String {
        switch self {
        case .unknownTemplate(let id): "no template has or had the id '\(id)'; list the templates to see their ids"
        }
    }
}
