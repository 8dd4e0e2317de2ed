import Drain
import Testing
import TocsinCore

/// What a tree keeps is bounded, whatever it reads.
@Suite struct TemplateBoundsTests {
    @Test("ten thousand random messages leave a state within its bound")
    func state() {
        var configuration = DrainConfiguration()
        configuration.maxTemplates = 50
        var messages = RandomMessages(seed: 21)
        var tree = DrainTree(configuration: configuration)
        var largest = 0
        for index in 1...10_000 {
            _ = tree.add(messages.message(), seenAt: Int64(index))
            if index % 2_000 == 0 {
                let state = tree.state
                #expect(state.records.count <= 50)
                for record in state.records.values {
                    #expect(record.supersedes.count <= 64 && record.counts.count <= 65)
                    #expect(record.forms.texts.count <= TemplateForms.limit && record.samples.count <= 3)
                }
                largest = max(largest, TemplateSnapshot(replica: "r", isFinal: true, state: state).encoded().count)
            }
        }
        // 10 KiB for each template: 16 forms, 3 samples, 64 replaced ids with their counts.
        #expect(largest < 50 * 10 << 10)
    }

    @Test("counts stay whole when replaced ids are forgotten")
    func counts() {
        var tree = DrainTree(replica: "one")
        // A list of another length each time, and values beside it, widen the template again and again.
        var random = RandomMessages(seed: 22)
        for _ in 0..<5_000 {
            let names = (0...random.number(below: 6)).map { _ in "v\(random.number(below: 1000))" }
            _ = tree.add("batch \(names.joined(separator: " ")) of x\(random.number(below: 9))=y is done")
        }
        #expect(tree.summaries().reduce(0) { $0 + $1.count } == 5_000)
        let restored = DrainTree(restoring: tree.state, replica: "one")
        #expect(restored.summaries() == tree.summaries())
    }

    @Test("of more replicas than are told apart, those with the largest counts are kept, whoever merges them")
    func replicas() {
        var random = RandomMessages(seed: 23)
        func counts() -> ReplicaCounts {
            let names = (0..<100).map { "parser-\($0)" }.filter { _ in random.number(below: 2) == 0 }
            return ReplicaCounts(Dictionary(uniqueKeysWithValues: names.map { ($0, UInt64(random.number(below: 50))) }))
        }
        for _ in 0..<200 {
            let (a, b, c) = (counts(), counts(), counts())
            #expect(a.merged(with: b) == b.merged(with: a))
            #expect(a.merged(with: b).merged(with: c) == a.merged(with: b.merged(with: c)))
            #expect(a.merged(with: b).merged(with: b) == a.merged(with: b))
            #expect(a.merged(with: b).counts.count <= ReplicaCounts.maxReplicas)
        }
        let all = ReplicaCounts(Dictionary(uniqueKeysWithValues: (1...100).map { ("parser-\($0)", UInt64($0)) }))
        #expect(Set(all.counts.values) == Set(37...100))
    }

    @Test("a hundred replicas that exchange a template show the same count, that of the 64 that counted most")
    func manyReplicas() {
        var trees = (1...100).map { number in
            var tree = DrainTree(replica: "parser-\(number)")
            for _ in 0..<number { _ = tree.add("disk is full") }
            return tree
        }
        for index in trees.indices { trees[0].merge(trees[index].state) }
        for index in trees.indices { trees[index].merge(trees[0].state) }
        let counts = Set(trees.map { $0.summaries()[0].count })
        #expect(counts == [UInt64((37...100).reduce(0, +))])
        let restored = DrainTree(restoring: trees[0].state, replica: "parser-1")
        #expect(restored.summaries() == trees[0].summaries())
    }

    @Test("forms are few, the same whoever merges them, and say whether they are all")
    func forms() {
        let texts = (0..<30).map { "form \($0)" }
        var left = TemplateForms(texts[..<10], isComplete: true)
        #expect(left.isComplete && left.texts.count == 10)
        var right = TemplateForms(texts[10...], isComplete: true)
        #expect(!right.isComplete && right.texts.count == TemplateForms.limit)
        let former = left
        left.merge(right)
        right.merge(former)
        #expect(left == right && left == TemplateForms(texts, isComplete: true))
        #expect(!TemplateForms([String(repeating: "x", count: 513)], isComplete: true).isComplete)
    }
}
