import Testing
import TocsinCore

@Suite struct ShareChangeTests {
    // Computed in Python: 2 * sum(O * log(O / E)) over the four cells, and erfc(sqrt(G / 2)).
    @Test(
        "the likelihood ratio and its p-value are those of the G-test",
        arguments: [(10, 100, 30, 100, 12.971_514_3, 0.000_316_266), (0, 50, 5, 50, 7.194_751_3, 0.007_311_712)])
    func statistics(before: Int, first: Int, after: Int, second: Int, ratio: Double, pValue: Double) {
        let change = ShareChange(before, of: first, after, of: second)
        #expect(abs(change.likelihoodRatio - ratio) < 1e-5)
        #expect(abs(change.pValue - pValue) < 1e-6)
    }

    @Test("a share is new, gone, grown, shrunk or the same, whatever the sizes of the sets")
    func kinds() {
        #expect(ShareChange(0, of: 10, 3, of: 10).kind == .new)
        #expect(ShareChange(3, of: 10, 0, of: 10).kind == .gone)
        #expect(ShareChange(3, of: 10, 31, of: 100).kind == .grown)
        #expect(ShareChange(3, of: 10, 29, of: 100).kind == .shrunk)
        #expect(ShareChange(3, of: 9, 33, of: 99).kind == .same)
        #expect(ShareChange(5, of: 50, 10, of: 100).likelihoodRatio < 1e-9)
    }

    @Test("sets that are empty or hold nothing else have finite figures")
    func edges() {
        #expect(ShareChange(0, of: 0, 0, of: 0).likelihoodRatio == 0)
        #expect(ShareChange(0, of: 0, 5, of: 5).likelihoodRatio == 0)
        #expect(ShareChange(0, of: 0, 5, of: 5).pValue == 1)
        #expect(ShareChange(0, of: 0, 5, of: 5).kind == .new)
        #expect(ShareChange(.max, of: .max, 1, of: .max).likelihoodRatio.isFinite)
    }
}
