internal import TocsinCore
internal import TreeEnsemble

/// Adds rows to the rarer classes, each between a row and one of those nearest to it in its class.
///
/// Chawla et al., "SMOTE: Synthetic Minority Over-sampling Technique", JAIR 2002. What is added has the weight of the
/// row that it began with.
struct SyntheticRows {
    /// How many rows a class is to have: this share of the largest class'.
    var share = 0.5
    /// Among how many neighbours one is drawn.
    var neighbourCount = 5
    var seed: Int

    func added(to set: TrainingSet) -> TrainingSet {
        var generator = SeededGenerator(seed: seed)
        var result = set
        let members = Dictionary(grouping: set.labels.indices) { set.labels[$0] }
        let wanted = Int(Double(members.values.map(\.count).max() ?? 0) * share)
        for (label, rows) in members.sorted(by: { $0.key < $1.key }) where rows.count > 1 && rows.count < wanted {
            var neighbours: [Int: [Int]] = [:]
            for _ in rows.count..<wanted {
                let row = rows[Int.random(in: rows.indices, using: &generator)]
                let near = neighbours[row] ?? nearest(to: row, among: rows, of: set)
                neighbours[row] = near
                let other = near[Int.random(in: near.indices, using: &generator)]
                let part = Float.random(in: 0..<1, using: &generator)
                result.rows += zip(values(row, of: set), values(other, of: set)).map { $0 + part * ($1 - $0) }
                result.labels.append(label)
                if !set.weights.isEmpty { result.weights.append(set.weights[row]) }
            }
        }
        return result
    }

    private func nearest(to row: Int, among rows: [Int], of set: TrainingSet) -> [Int] {
        let point = values(row, of: set)
        let distances = rows.filter { $0 != row }.map { other in
            (zip(point, values(other, of: set)).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }, other)
        }
        return distances.sorted { $0 < $1 }.prefix(neighbourCount).map(\.1)
    }

    private func values(_ row: Int, of set: TrainingSet) -> ArraySlice<Float> {
        set.rows[row * set.columnCount..<(row + 1) * set.columnCount]
    }
}
