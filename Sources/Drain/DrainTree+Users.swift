public import TocsinCore

/// What users see of the templates, and what they may change.
extension DrainTree {
    /// All templates that have messages or are pinned, those with most messages first.
    public func summaries() -> [TemplateSummary] {
        groups.filter(\.isResident).map { TemplateSummary($0, replica: replica) }
            .filter { $0.count > 0 || $0.isPinned }
            .sorted { ($1.count, $0.id) < ($0.count, $1.id) }
    }

    /// The template that has that id or replaced the one that had it; nil where the tree has none.
    public func summary(of id: String) -> TemplateSummary? {
        slot(of: id).map { TemplateSummary(groups[Int($0)], replica: replica) }
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
        touch(slot)
    }

    /// Keeps a template from being evicted, or lets it go again.
    public mutating func setPinned(_ isPinned: Bool, _ id: String, at time: Int64) throws(TemplateEditError) {
        let slot = try known(id)
        let write = LastWrite(isPinned ? "pinned" : nil, time: time, replica: replica)
        groups[Int(slot)].record.pin = max(groups[Int(slot)].record.pin ?? write, write)
        touch(slot)
    }

    /// Deletes a template with all messages that were counted so far, here and on all replicas that merge it.
    ///
    /// A message of the event that comes later makes the template anew.
    public mutating func delete(_ id: String) throws(TemplateEditError) {
        let slot = try known(id)
        var record = groups[Int(slot)].fullRecord(replica: replica)
        record.deleted.merge(record.counts) { $0.merged(with: $1) }
        // So that one without messages is known for deleted as well.
        record.deleted[record.id, default: ReplicaCounts()].raise(replica, to: 0)
        record.samples = []
        // A pin that another replica still has is taken away by this later write.
        record.pin = record.pin.map { LastWrite(nil, time: $0.time + 1, replica: replica) }
        record.forms = TemplateForms()
        evict(slot)
        bury(record)
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

extension TemplateSummary {
    init(_ group: TemplateGroup, replica: String) {
        let record = group.fullRecord(replica: replica)
        self.init(
            id: group.id, text: group.text, typedText: group.typedText, supersedes: group.supersedes,
            name: record.name?.value, isPinned: group.isPinned, count: record.count, firstSeen: record.firstSeen,
            lastSeen: record.lastSeen, samples: record.samples.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
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
