/// Snapshots of a tree, and trees of several replicas becoming one.
extension DrainTree {
    /// All that this tree knows, for a file or for other replicas.
    public var state: TemplateState {
        var state = TemplateState()
        state.records = deleted
        for group in groups where group.isResident { state.records[group.id] = group.fullRecord(replica: replica) }
        return state
    }

    /// The tree whose state this is: the same templates, counts, names and pins.
    ///
    /// - Parameter replica: The name that the tree goes on counting under; the same one, or one never used before.
    public init(
        restoring state: TemplateState, configuration: DrainConfiguration = DrainConfiguration(),
        replica: String = "local"
    ) {
        self.init(configuration: configuration, replica: replica)
        for (id, record) in state.records { place(record, id: id) { $0.insert($1) } }
        orderByAge()
    }

    /// Takes over what another replica knows.
    ///
    /// The templates of both are sorted and mined like messages, so that replicas that know the same have the same
    /// templates. What was evicted here comes back from a replica that still has it.
    public mutating func merge(_ other: TemplateState) {
        var union = state
        union.merge(other)
        merge(union: union.records)
    }

    private mutating func merge(union: [String: TemplateRecord]) {
        var tree = DrainTree(configuration: configuration, replica: replica)
        // Wider ones first, so that they take in the narrower ones.
        let newest = union.sorted { ($1.value.lastSeen ?? .min, $1.key) < ($0.value.lastSeen ?? .min, $0.key) }
        let sorted = newest.prefix(configuration.maxTemplates).map {
            (id: $0.key, record: $0.value, pattern: TemplatePattern(typedText: $0.value.typedText))
        }
        .sorted { ($1.pattern.wildcardCount, $0.record.typedText) < ($0.pattern.wildcardCount, $1.record.typedText) }
        let replaced = Set(union.values.flatMap(\.supersedes))
        for (id, record, _) in sorted where !replaced.contains(id) || record.count == 0 {
            tree.place(record, id: id) { $0.homeOfPattern($1) }
        }
        // What a replaced template still knows goes to the one that replaced it.
        for (id, record, _) in sorted where replaced.contains(id) && record.count > 0 {
            let heirs = tree.slotsByID.values.filter { tree.groups[Int($0)].supersedes.contains(id) }
            // Where its heirs were replaced as well, it finds what covers it by itself.
            if heirs.isEmpty { tree.place(record, id: id) { $0.homeOfPattern($1) } }
            for slot in heirs { tree.groups[Int(slot)].record.merge(record) }
        }
        tree.dropSharedCounts()
        tree.orderByAge()
        self = tree
    }

    /// Gives the counts of a template that several others replaced to the first of them, so that none counts twice.
    private mutating func dropSharedCounts() {
        var owners: [String: String] = [:]
        for slot in slotsByID.values {
            let heir = groups[Int(slot)].id
            // Its own counts are nobody else's.
            owners[heir] = heir
            for id in groups[Int(slot)].record.counts.keys where owners[id] != id {
                owners[id] = slotsByID[id] != nil ? id : min(owners[id] ?? heir, heir)
            }
        }
        for slot in slotsByID.values {
            let heir = groups[Int(slot)].id
            for (id, counts) in groups[Int(slot)].record.counts where owners[id] != heir {
                groups[Int(slot)].record.counts[id] = nil
                guard let name = owners[id], let owner = slotsByID[name] else { continue }
                groups[Int(owner)].take(counts, of: id, replica: replica)
            }
        }
    }

    /// The slot of the template that a pattern, taken for a message, belongs to.
    private mutating func homeOfPattern(_ group: TemplateGroup) -> Int32 {
        if let slot = slotsByID[group.id] { return slot }
        words = group.pattern.words
        return home(of: MaskedMessage(pattern: group.pattern))
    }

    /// Puts a record where `slot` says, among the deleted ones where nothing is left of it.
    private mutating func place(
        _ record: TemplateRecord, id: String, in slot: (inout DrainTree, TemplateGroup) -> Int32
    ) {
        guard record.count > 0 || record.pin?.value != nil else {
            deleted[id] = record
            return
        }
        let slot = slot(&self, TemplateGroup(pattern: TemplatePattern(typedText: record.typedText)))
        groups[Int(slot)].take(record, id: id, replica: replica)
    }
}

extension TemplateGroup {
    /// Takes over the record of this template, or of one that it replaces.
    mutating func take(_ other: TemplateRecord, id: String, replica: String) {
        record.merge(other)
        if id != self.id { record.supersedes.insert(id) }
        record.supersedes.remove(self.id)
        supersedes = Set(supersedes).union(record.supersedes).sorted()
        take(ReplicaCounts(), of: self.id, replica: replica)
    }

    /// Takes over the counts under an id; this replica's own counter goes on where it stood.
    mutating func take(_ counts: ReplicaCounts, of id: String, replica: String) {
        var merged = counts.merged(with: record.counts[id] ?? ReplicaCounts())
        if id == self.id, let own = merged.counts.removeValue(forKey: replica) { count = max(count, own) }
        record.counts[id] = merged.counts.isEmpty ? nil : merged
    }
}
