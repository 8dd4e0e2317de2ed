import Drain
import Testing
import TocsinCore

/// Replicas as the service runs them: each pulls what changed on the others since it asked last.
private struct Replica {
    var tree: DrainTree
    var positions: [Int: UInt64] = [:]

    init(_ name: String, configuration: DrainConfiguration = DrainConfiguration()) {
        tree = DrainTree(configuration: configuration, replica: name)
    }

    mutating func pull(from other: Replica, number: Int, maxBytes: Int = .max) {
        while true {
            let changes = other.tree.changes(after: positions[number] ?? 0, maxBytes: maxBytes)
            tree.merge(TemplateState(changes.records))
            positions[number] = changes.position
            if !changes.hasMore { return }
        }
    }
}

@Suite struct TemplateChangesTests {
    private static func exchange(_ replicas: inout [Replica], maxBytes: Int = .max) {
        for reader in replicas.indices {
            for other in replicas.indices where other != reader {
                replicas[reader].pull(from: replicas[other], number: other, maxBytes: maxBytes)
            }
        }
    }

    private static func areEqual(_ replicas: [Replica]) -> Bool { Set(replicas.map { $0.tree.summaries() }).count == 1 }

    @Test("replicas that pull what changed become equal, whoever asks whom first", arguments: 1...8)
    func convergence(seed: UInt64) {
        var messages = RandomMessages(seed: seed)
        var replicas = ["a", "b", "c"].map { Replica($0) }
        for index in 0..<600 {
            _ = replicas[messages.number(below: 3)].tree.add(messages.message(), seenAt: Int64(index))
            if index % 50 == 0 {
                let (reader, other) = (messages.number(below: 3), messages.number(below: 3))
                if reader != other { replicas[reader].pull(from: replicas[other], number: other, maxBytes: 2000) }
            }
        }
        var rounds = 0
        repeat {
            Self.exchange(&replicas, maxBytes: 5000)
            rounds += 1
        } while rounds < 8 && !Self.areEqual(replicas)
        // A condition of its own: a failure would print the trees.
        let areEqual = Self.areEqual(replicas)
        #expect(areEqual)
        #expect(replicas[0].tree.summaries().reduce(0) { $0 + $1.count } == 600)
    }

    @Test("hand-written messages on three replicas get the template that one parser would give them")
    func oneTemplate() {
        var replicas = ["a", "b", "c"].map { Replica($0) }
        let users = [["ann", "bo"], ["cy", "dee"], ["eve", "flo"]]
        for (index, names) in users.enumerated() {
            for name in names { _ = replicas[index].tree.add("queue of \(name) was drained by the janitor") }
        }
        #expect(replicas.allSatisfy { $0.tree.count == 2 })
        for _ in 0..<2 { Self.exchange(&replicas) }
        for replica in replicas {
            #expect(replica.tree.summaries().map(\.text) == ["queue of <*> was drained by the janitor"])
            #expect(replica.tree.summaries()[0].count == 6)
        }
    }

    @Test("once replicas are equal, only what changes afterwards travels")
    func deltas() throws {
        var replicas = ["a", "b"].map { Replica($0) }
        for index in 0..<50 {
            let word = String(repeating: "x", count: index + 1)
            _ = replicas[0].tree.add("\(word) \(word)ed")
        }
        for _ in 0..<2 { Self.exchange(&replicas) }
        let areEqual = Self.areEqual(replicas)
        #expect(areEqual)
        let position = replicas[0].tree.position
        #expect(replicas[0].tree.changes(after: position).records.isEmpty)
        _ = replicas[0].tree.add("x xed")
        let changes = replicas[0].tree.changes(after: position)
        #expect(changes.records.map(\.typedText) == ["x xed"])
        Self.exchange(&replicas)
        let areEqualAgain = Self.areEqual(replicas)
        #expect(areEqualAgain)
        try replicas[1].tree.rename(changes.records[0].id, to: "ex", at: 5)
        Self.exchange(&replicas)
        #expect(replicas[0].tree.summary(of: changes.records[0].id)?.name == "ex")
    }

    @Test("changes come in parts of a bounded size, and all of them")
    func parts() {
        var tree = DrainTree()
        for index in 0..<200 {
            let word = String(repeating: "y", count: index % 40 + 1) + String(repeating: "z", count: index / 40)
            _ = tree.add("\(word) \(word)s")
        }
        var position: UInt64 = 0
        var ids: [String] = []
        var parts = 0
        while true {
            let changes = tree.changes(after: position, maxBytes: 4000)
            #expect(changes.records.count < 100)
            ids += changes.records.map(\.id)
            position = changes.position
            parts += 1
            if !changes.hasMore { break }
        }
        #expect(parts > 3)
        #expect(ids.count == tree.count && Set(ids).count == ids.count)
    }

    @Test("a deletion reaches the other replicas, and its number is bounded")
    func deletions() throws {
        var configuration = DrainConfiguration()
        configuration.maxTombstones = 3
        var replicas = ["a", "b"].map { Replica($0, configuration: configuration) }
        let words = ["alpha", "beta", "gamma", "delta", "epsilon"]
        let ids = words.map { replicas[0].tree.add("\($0) has \($0) \($0)s").id }
        for _ in 0..<2 { Self.exchange(&replicas) }
        for id in ids { try replicas[0].tree.delete(id) }
        #expect(replicas[0].tree.state.records.count == 3)
        // Of the two oldest nobody knows any more that they were deleted.
        Self.exchange(&replicas)
        #expect(Set(replicas[1].tree.summaries().map(\.id)) == Set(ids[..<2]))
    }
}
