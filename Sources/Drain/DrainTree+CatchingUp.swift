internal import TocsinCore

/// A copy of a tree, into which others' knowledge is merged, takes the tree's place when it knows what that read meanwhile.
extension DrainTree {
    /// Takes over what changed in `live` since `former`, a copy of it, where it is as much as fits.
    ///
    /// What is new is mined into this tree as if it came in now. Of what all know together that may not be the last word:
    /// the next replica that hears of it mines all anew, and tells this one.
    ///
    /// - Parameter limit: the most templates that have changed in more than their counts, and none of them new; nil takes
    ///   over whatever it is.
    /// - Returns: false where there is more; nothing was done then.
    public mutating func catchUp(with live: DrainTree, since former: DrainTree, limit: Int?) -> Bool {
        var visited: [(own: Int32, live: Int)] = []
        let heirs = heirs
        var records = live.tombstones.values.filter { $0.changedAt > former.clock }.map(\.record)
        for slot in live.groups.indices where live.groups[slot].isResident && live.groups[slot].changedAt > former.clock
        {
            let id = live.groups[slot].id
            if live.hasOnlyCounted(slot, since: former), let own = slotsByID[id] ?? heirs[id] {
                visited.append((own, slot))
            } else {
                if let limit, records.count >= limit { return false }
                records.append(live.groups[slot].fullRecord(replica: live.replica))
            }
        }
        if limit != nil, !records.allSatisfy(isKnown) { return false }
        for (own, slot) in visited {
            groups[Int(own)].takeCounts(of: live.groups[slot], replica: replica)
            touch(own)
        }
        var unknown: [TemplateRecord] = []
        for record in records.sorted(by: { $0.id < $1.id }) {
            if isKnown(record) || !record.isLive { update(with: record) } else { unknown.append(record) }
        }
        if !unknown.isEmpty { mineInto(unknown) }
        return true
    }

    /// Goes on in the place of `live`, with which this copy has caught up: what changed here since it was copied counts as
    /// changed after all that changed there.
    ///
    /// - Parameter position: that of `live` when it was copied.
    public mutating func takePlace(of live: inout DrainTree, copiedAt position: UInt64) {
        let shift = live.clock - position
        for slot in groups.indices where groups[slot].lastEdit > position { groups[slot].lastEdit += shift }
        for (id, tombstone) in tombstones where tombstone.changedAt > position {
            tombstones[id]?.changedAt = tombstone.changedAt + shift
        }
        clock += shift
        swap(&self, &live)
    }

    /// The slots of the templates that replaced others, by the ids of those.
    private var heirs: [String: Int32] {
        var heirs: [String: Int32] = [:]
        for slot in slotsByID.values {
            for id in groups[Int(slot)].supersedes {
                heirs[id] = heirs[id].map { groups[Int($0)].id < groups[Int(slot)].id ? $0 : slot } ?? slot
            }
        }
        return heirs
    }

    /// True where nothing but counts and times of a template changed since the copy `former`.
    private func hasOnlyCounted(_ slot: Int, since former: DrainTree) -> Bool {
        slot < former.groups.count && groups[slot].lastEdit <= former.clock
            && groups[slot].version == former.groups[slot].version
            && groups[slot].record.samples.count == former.groups[slot].record.samples.count
            && groups[slot].record.forms.texts.count == former.groups[slot].record.forms.texts.count
            && groups[slot].record.forms.isComplete == former.groups[slot].record.forms.isComplete
    }
}
