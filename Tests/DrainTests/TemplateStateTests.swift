import Drain
import Foundation
import Testing
import TocsinCore

@Suite struct TemplateStateTests {
    /// Three trees fed with thirds of the same random messages.
    private static func replicas(_ seed: UInt64) -> [DrainTree] {
        var messages = RandomMessages(seed: seed)
        var trees = ["a", "b", "c"].map { DrainTree(replica: $0) }
        for index in 0..<600 { _ = trees[index % 3].add(messages.message(), seenAt: Int64(index)) }
        return trees
    }

    @Test("merging states is commutative, associative and idempotent", arguments: [1, 2, 3])
    func laws(seed: UInt64) throws {
        var trees = Self.replicas(seed)
        try trees[0].rename(trees[0].summaries()[0].id, to: "first", at: 7)
        try trees[1].delete(trees[1].summaries()[0].id)
        let (a, b, c) = (trees[0].state, trees[1].state, trees[2].state)
        func merged(_ one: TemplateState, _ other: TemplateState) -> TemplateState {
            var merged = one
            merged.merge(other)
            return merged
        }
        #expect(merged(a, b) == merged(b, a))
        #expect(merged(merged(a, b), c) == merged(a, merged(b, c)))
        #expect(merged(a, a) == a)
        #expect(merged(merged(a, b), b) == merged(a, b))
    }

    @Test("replicas that exchange their states end with the same templates and counts", arguments: [4, 5, 6])
    func convergence(seed: UInt64) {
        var trees = Self.replicas(seed)
        var rounds = 0
        repeat {
            let states = trees.map(\.state)
            for index in trees.indices { for state in states { trees[index].merge(state) } }
            rounds += 1
        } while rounds < 5 && Set(trees.map { $0.summaries() }).count > 1
        #expect(Set(trees.map { $0.summaries() }).count == 1)
        #expect(trees[0].summaries().reduce(0) { $0 + $1.count } == 600)
    }

    @Test("a restored tree has the same templates, counts, names and pins, and goes on counting")
    func restoring() throws {
        var tree = Self.replicas(7)[0]
        let id = tree.summaries()[0].id
        try tree.rename(id, to: "noise", at: 1)
        try tree.setPinned(true, id, at: 2)
        let file = TemplateSnapshot(replica: "a", isFinal: true, state: tree.state).encoded()
        let snapshot = try TemplateSnapshot(decoding: file)
        #expect(snapshot.replica == "a" && snapshot.isFinal)
        var restored = DrainTree(restoring: snapshot.state, replica: snapshot.replica)
        #expect(restored.summaries() == tree.summaries())
        #expect(TemplateSnapshot(replica: "a", isFinal: true, state: restored.state).encoded() == file)
        #expect(restored.summaries()[0].name == "noise" && restored.summaries()[0].isPinned)
        let message = "one more message"
        #expect(restored.add(message).id == tree.add(message).id)
        #expect(restored.summaries() == tree.summaries())
    }

    @Test("names and pins follow a template that is widened, and the later name wins")
    func names() throws {
        var one = DrainTree(replica: "one")
        var other = DrainTree(replica: "other")
        let id = one.add("pool=main is drained").id
        _ = other.add("pool=main is drained")
        try one.rename(id, to: "early", at: 10)
        try other.rename(id, to: "late", at: 20)
        let wider = one.add("pool=spare is drained")
        #expect(one.currentID(of: id) == wider.id)
        #expect(one.summaries()[0].name == "early")
        one.merge(other.state)
        #expect(one.summaries().map(\.name) == ["late"])
        #expect(one.summaries()[0].count == 3)
        #expect(throws: TemplateEditError.unknownTemplate(id: "none")) { try one.rename("none", to: "x", at: 1) }
    }

    @Test("a deleted template stays away with its messages, and comes anew with the next one")
    func deletion() throws {
        var one = DrainTree(replica: "one")
        var other = DrainTree(replica: "other")
        for _ in 0..<5 { _ = one.add("disk is full") }
        other.merge(one.state)
        #expect(other.summaries()[0].count == 5)
        try one.delete(one.summaries()[0].id)
        #expect(one.summaries().isEmpty)
        one.merge(other.state)
        other.merge(one.state)
        #expect(one.summaries().isEmpty && other.summaries().isEmpty)
        _ = other.add("disk is full")
        one.merge(other.state)
        #expect(one.summaries().map(\.count) == [1])
        _ = one.add("disk is full")
        #expect(one.summaries().map(\.count) == [2])
    }

    @Test("a pinned template outlives newer ones")
    func pins() throws {
        var configuration = DrainConfiguration()
        configuration.maxTemplates = 5
        var tree = DrainTree(configuration: configuration)
        let id = tree.add("keep this message please").id
        try tree.setPinned(true, id, at: 0)
        for name in ["a", "b", "c", "d", "e", "f", "g"] { _ = tree.add("\(name)\(name) came by and left \(name)") }
        #expect(tree.count == 5)
        #expect(tree.currentID(of: id) == id)
    }
}
