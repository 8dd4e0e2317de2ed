public import TocsinCore

/// What changed in a tree since somebody looked last.
public struct TemplateChanges: Sendable, Hashable {
    /// In the order of their last changes.
    public var records: [TemplateRecord]
    /// The place in the order of changes that these records reach to: ask for what comes after it next.
    public var position: UInt64
    /// True where there was more than was asked for.
    public var hasMore: Bool
}

extension DrainTree {
    /// The place of the last change in the order of changes; it goes up with every message.
    public var position: UInt64 { clock }

    /// The templates that changed after a position, deleted ones as well, the ones that changed first first.
    ///
    /// - Parameter maxBytes: No record is added once those before it take so many bytes, roughly.
    public func changes(after position: UInt64, maxBytes: Int = .max) -> TemplateChanges {
        var changed: [(at: UInt64, slot: Int?, deletedID: String)] = []
        for slot in groups.indices where groups[slot].isResident && groups[slot].changedAt > position {
            changed.append((groups[slot].changedAt, slot, ""))
        }
        for (id, tombstone) in tombstones where tombstone.changedAt > position {
            changed.append((tombstone.changedAt, nil, id))
        }
        changed.sort { $0.at < $1.at }
        var changes = TemplateChanges(records: [], position: clock, hasMore: false)
        var bytes = 0
        for (at, slot, deletedID) in changed {
            guard bytes < maxBytes else {
                changes.hasMore = true
                break
            }
            let record = slot.map { groups[$0].fullRecord(replica: replica) } ?? tombstones[deletedID]?.record
            guard let record else { continue }
            bytes += record.approximateBytes
            changes.records.append(record)
            changes.position = at
        }
        if !changes.hasMore { changes.position = clock }
        return changes
    }
}

extension TemplateRecord {
    fileprivate var approximateBytes: Int {
        let texts = [typedText] + samples + forms.texts
        let counters = (counts.values.map(\.counts.count) + deleted.values.map(\.counts.count)).reduce(0, +)
        return texts.reduce(64) { $0 + $1.utf8.count + 4 } + supersedes.count * 18 + counters * 60
    }
}
