public import Drain
public import TocsinCore

/// The live tree as a whole, which takes long to read or to mine anew: lines wait for it no longer than for another.
extension LineParser {
    /// The live tree as it is now; it goes on meanwhile.
    public func liveTreeCopy() -> DrainTree { withLiveTree { $0 } }

    /// Takes over what other replicas know of their templates.
    ///
    /// Where they have templates that are not here, all are mined anew, in a copy. It then catches up with what the live
    /// tree read meanwhile and takes its place. May take seconds, with many templates; one call at a time.
    public func mergeIntoLiveTree(_ records: [TemplateRecord]) {
        var news: [TemplateRecord] = []
        for start in stride(from: 0, to: records.count, by: Self.portion) {
            let part = Array(records[start..<min(start + Self.portion, records.count)])
            if !withLiveTree({ $0.update(with: part) }) { news += part }
        }
        guard !news.isEmpty else { return }

        var former = liveTreeCopy()
        let copiedAt = former.position
        var merged = former
        merged.merge(TemplateState(news))
        for round in 1... {
            let isInPlace = withLiveTree { live in
                let limit = round < Self.maxRounds ? Self.portion : nil
                guard merged.catchUp(with: live, since: former, limit: limit) else { return false }
                merged.takePlace(of: &live, copiedAt: copiedAt)
                return true
            }
            guard !isInPlace else { return }
            let live = liveTreeCopy()
            _ = merged.catchUp(with: live, since: former, limit: nil)
            former = live
        }
    }

    /// The most records that are taken over while lines wait.
    private static let portion = 128
    /// How often the copy catches up aside: each time takes a small part of the time of the one before, unless every line
    /// brings a template that was never seen.
    private static let maxRounds = 20
}
