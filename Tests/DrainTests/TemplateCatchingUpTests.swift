import Drain
import Testing
import TocsinCore

/// A copy of a tree into which others' templates are merged, while the tree goes on.
@Suite struct TemplateCatchingUpTests {
    @Test("no message is lost that came while a copy was merged, and replicas become equal", arguments: 1...8)
    func merging(seed: UInt64) {
        var messages = RandomMessages(seed: seed)
        var live = DrainTree(replica: "live")
        var other = DrainTree(replica: "other")
        for _ in 0..<300 {
            _ = live.add(messages.message())
            _ = other.add(messages.message())
        }
        let former = live
        var merged = live
        merged.merge(other.state)
        for _ in 0..<300 { _ = live.add(messages.message()) }
        let position = live.position
        let hasCaughtUp = merged.catchUp(with: live, since: former, limit: nil)
        #expect(hasCaughtUp)
        merged.takePlace(of: &live, copiedAt: former.position)
        #expect(live.summaries().reduce(0) { $0 + $1.count } == 900)
        // Who asked just before is told all that came by merging.
        let told = Set(live.changes(after: position).records.map(\.id))
        #expect(told.isSuperset(of: Set(live.summaries().map(\.id)).subtracting(former.summaries().map(\.id))))

        var rounds = 0
        repeat {
            other.merge(live.state)
            live.merge(other.state)
            rounds += 1
        } while rounds < 5 && other.summaries() != live.summaries()
        let areEqual = other.summaries() == live.summaries()
        #expect(areEqual)
        #expect(live.summaries().reduce(0) { $0 + $1.count } == 900)
    }

    @Test("what users changed meanwhile stays changed")
    func edits() throws {
        var live = DrainTree(replica: "live")
        let ids = ["disk is full", "fan has stopped", "it is quiet"].map { live.add($0).id }
        let former = live
        var merged = live
        var other = DrainTree(replica: "other")
        _ = other.add("news from elsewhere")
        merged.merge(other.state)
        try live.rename(ids[0], to: "full", at: 5)
        try live.setPinned(true, ids[0], at: 5)
        try live.delete(ids[1])
        _ = live.add("it is quiet")
        let hasCaughtUp = merged.catchUp(with: live, since: former, limit: 8)
        #expect(hasCaughtUp)
        merged.takePlace(of: &live, copiedAt: former.position)
        #expect(live.summary(of: ids[0])?.name == "full" && live.summary(of: ids[0])?.isPinned == true)
        #expect(live.summary(of: ids[1]) == nil && live.state.records[ids[1]]?.isLive == false)
        #expect(live.summary(of: ids[2])?.count == 2 && live.count == 3)
    }

    @Test("a template that goes on being seen under the id it had before is counted where it went")
    func replaced() {
        var live = DrainTree(replica: "live")
        var other = DrainTree(replica: "other")
        for name in ["ann", "bo", "cy"] { _ = live.add("queue of \(name) was drained by the janitor") }
        for name in ["dee", "eve", "flo"] { _ = other.add("queue of \(name) was drained by the janitor") }
        let former = live
        var merged = live
        merged.merge(other.state)
        #expect(merged.count == 1)
        for _ in 0..<10 { _ = live.add("queue of ann was drained by the janitor") }
        let hasCaughtUp = merged.catchUp(with: live, since: former, limit: 0)
        #expect(hasCaughtUp)
        merged.takePlace(of: &live, copiedAt: former.position)
        #expect(live.summaries().map(\.count) == [16])
    }

    @Test("more than the limit, or a new template, is refused and nothing done")
    func limit() {
        var live = DrainTree(replica: "live")
        _ = live.add("disk is full")
        let former = live
        var merged = live
        _ = live.add("fan has stopped")
        let before = merged.state
        let takesNew = merged.catchUp(with: live, since: former, limit: 8)
        #expect(!takesNew)
        let takesTwo = merged.catchUp(with: live, since: former, limit: 0)
        #expect(!takesTwo)
        #expect(merged.state == before)
        let takesAll = merged.catchUp(with: live, since: former, limit: nil)
        #expect(takesAll)
        #expect(merged.count == 2)
    }
}
