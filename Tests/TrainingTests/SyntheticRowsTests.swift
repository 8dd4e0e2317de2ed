import Testing
import TreeEnsemble

@testable import Training

@Suite struct SyntheticRowsTests {
    /// Ten rows of class 0 about 0, three of class 1 at 10, 11 and 12, and one of class 2.
    private let set = TrainingSet(
        rows: (0..<10).map { Float($0) / 10 } + [10, 11, 12, 50], columnCount: 1,
        labels: [Int](repeating: 0, count: 10) + [1, 1, 1, 2], weights: (0..<14).map { Float($0) })

    @Test("a rare class gets rows between its own, and no row that was there changes")
    func between() {
        let more = SyntheticRows(share: 0.8, seed: 1).added(to: set)
        #expect(Array(more.rows[..<14]) == set.rows && Array(more.labels[..<14]) == set.labels)
        #expect(more.labels[14...] == [1, 1, 1, 1, 1])
        #expect(more.rows[14...].allSatisfy { 10...12 ~= $0 })
        #expect(more.weights.count == 19 && more.weights[14...].allSatisfy { 10...12 ~= $0 })
    }

    @Test("the same seed adds the same rows; a share that all classes have adds none")
    func deterministic() {
        func rows(_ seed: Int) -> [Float] { SyntheticRows(share: 1, seed: seed).added(to: set).rows }
        #expect(rows(1) == rows(1) && rows(1) != rows(2))
        #expect(SyntheticRows(share: 0.1, seed: 1).added(to: set).rows == set.rows)
    }
}
