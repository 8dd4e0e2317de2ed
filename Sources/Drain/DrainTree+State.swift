public import TocsinCore

/// Snapshots of a tree, and trees of several replicas becoming one.
extension DrainTree {
    /// All that this tree knows, for a file or for other replicas.
    public var state: TemplateState {
        TemplateState(
            tombstones.values.map(\.record) + groups.filter(\.isResident).map { $0.fullRecord(replica: replica) })
    }

    /// The tree whose state this is: the same templates, counts, names and pins.
    ///
    /// - Parameter replica: The name that the tree goes on counting under; the same one, or one never used before.
    public init(
        restoring state: TemplateState, configuration: DrainConfiguration = DrainConfiguration(),
        replica: String = "local"
    ) {
        self.init(configuration: configuration, replica: replica)
        let newest = state.records.values.sorted {
            ($1.lastSeen ?? .min, $1.id) < ($0.lastSeen ?? .min, $0.id)
        }
        for record in newest.prefix(configuration.maxTemplates).reversed() { restore(record) }
        orderByAge()
    }

    private mutating func restore(_ record: TemplateRecord) {
        guard record.isLive else { return bury(record) }
        let slot = insert(TemplateGroup(pattern: TemplatePattern(typedText: record.typedText)))
        groups[Int(slot)].take(record, replica: replica)
        touch(slot)
    }

    /// Takes over what another replica knows, all of it or what changed.
    ///
    /// Where it tells of templates that are not here, those of both are mined anew from the forms that are known of
    /// them, so that replicas that know the same have the same templates, as if each had read all messages.
    public mutating func merge(_ other: TemplateState) {
        let records = other.records.values.sorted { $0.id < $1.id }
        guard !update(with: records) else { return }
        var union = state
        union.merge(other)
        mineAnew(union)
        // As in `update`: who knows less of a template is told again.
        for record in records {
            if let slot = slotsByID[record.id], groups[Int(slot)].fullRecord(replica: replica) != record {
                touch(slot)
            }
        }
    }

    /// Takes over records that say nothing new of which templates there are: a matter of microseconds each.
    ///
    /// - Returns: false where one of them does; then nothing was done.
    public mutating func update(with records: [TemplateRecord]) -> Bool {
        guard records.allSatisfy(isKnown) else { return false }
        for record in records { update(with: record) }
        return true
    }

    /// True where a record says nothing of which templates there are that this tree does not know.
    func isKnown(_ record: TemplateRecord) -> Bool {
        let isResident = slotsByID[record.id] != nil
        return (isResident || !record.isLive) && record.supersedes.allSatisfy { slotsByID[$0] == nil }
    }

    mutating func update(with record: TemplateRecord) {
        if let slot = slotsByID[record.id] {
            let former = groups[Int(slot)].fullRecord(replica: replica)
            groups[Int(slot)].take(record, replica: replica)
            let current = groups[Int(slot)].fullRecord(replica: replica)
            // The other one may know less than it did, after it mined anew: it is told again.
            if current != former || current != record { touch(slot) }
            if !current.isLive {
                evict(slot)
                bury(current)
            }
        } else {
            var merged = tombstones[record.id]?.record ?? record
            merged.merge(record)
            if tombstones[record.id]?.record != merged { bury(merged) }
        }
    }
}

/// What is known of a template that a user deleted.
struct Tombstone: Sendable {
    var record: TemplateRecord
    /// The tree's clock at the last change.
    var changedAt: UInt64
}
