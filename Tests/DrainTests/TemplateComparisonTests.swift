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
        let changes = comparison.rows.map { "\($0.template.text): \($0.change) \($0.before) \($0.after)" }
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
        #expect(comparison.rows.map(\.change) == [.same])
    }

    @Test("the likelihood ratio and its p-value are those of the textbook")
    func likelihoodRatio() {
        // By hand: 10 of 100 against 30 of 100, expected 20 each: 2 (10 ln .5 + 90 ln 1.125 + 30 ln 1.5 + 70 ln .875).
        let ratio = TemplateComparison.likelihoodRatio(10, of: 100, 30, of: 100)
        #expect(abs(ratio - 12.9715) < 0.001)
        #expect(abs(TemplateComparison.pValue(ofLikelihoodRatio: 3.841459) - 0.05) < 1e-6)
        #expect(TemplateComparison.likelihoodRatio(5, of: 50, 10, of: 100) < 1e-9)
        #expect(TemplateComparison.likelihoodRatio(0, of: 0, 0, of: 0) == 0)
        #expect(TemplateComparison.likelihoodRatio(0, of: 0, 5, of: 5) == 0)
    }
}
