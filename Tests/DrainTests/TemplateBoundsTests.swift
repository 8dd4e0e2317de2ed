import Drain
import Testing
import TocsinCore

/// What a tree keeps is bounded, whatever it reads.
@Suite struct TemplateBoundsTests {
    @Test("twenty thousand random messages leave a state within its bound")
    func state() {
        var configuration = DrainConfiguration()
        configuration.maxTemplates = 50
        var messages = RandomMessages(seed: 21)
        var tree = DrainTree(configuration: configuration)
        var largest = 0
        for index in 1...20_000 {
            _ = tree.add(messages.message(), seenAt: Int64(index))
            if index % 4_000 == 0 {
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
