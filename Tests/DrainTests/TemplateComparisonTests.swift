import Drain
import Testing
import TocsinCore

@Suite struct TemplateComparisonTests {
    private static func state(_ replica: String, _ messages: [(String, Int)]) -> TemplateState {
        var tree = DrainTree(replica: replica)
        for (message, count) in messages { for _ in 0..<count { _ = tree.add(message) } }
        return tree.state
    }

    @Test("new, gone, grown and shrunk templates are told apart, the most telling first")
    func changes() {
        let comparison = TemplateComparison(
            before: Self.state("a", [("it is quiet", 50), ("disk is full", 10), ("fan stopped", 40)]),
            after: Self.state("b", [("it is quiet", 100), ("disk is full", 90), ("a new event came", 10)]))
        let changes = comparison.rows.map {
            "\($0.template.text): \($0.change.kind) \($0.change.before) \($0.change.after)"
        }
        #expect(
            changes == [
                "fan stopped: gone 40 0", "disk is full: grown 10 90", "a new event came: new 0 10",
                "it is quiet: same 50 100",
            ])
        #expect(comparison.totalBefore == 100 && comparison.totalAfter == 200)
    }

    @Test("a template that only one side widened is the same template")
    func widened() {
        let comparison = TemplateComparison(
            before: Self.state("a", [("pool=main is drained", 3)]),
            after: Self.state("b", [("pool=main is drained", 1), ("pool=spare is drained", 2)]))
        #expect(comparison.rows.map(\.template.text) == ["pool=<*> is drained"])
        #expect(comparison.rows.map(\.change.kind) == [.same])
    }
}
