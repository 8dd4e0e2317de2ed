internal import TocsinCore

/// Deals things out to folds: groups stay whole, and each fold gets its share of every label.
enum GroupedFolds {
    /// The fold of each thing. The groups are dealt out from the largest, each to the fold that has least of its
    /// labels; ties go by the seed.
    ///
    /// - Parameters:
    ///   - groups: of each thing.
    ///   - labels: a class index of each thing.
    static func deal<Group: Hashable & Comparable>(
        _ groups: [Group], into count: Int, labels: [Int], seed: Int
    ) -> [Int] {
        let members = Dictionary(grouping: groups.indices) { groups[$0] }
        var generator = SeededGenerator(seed: seed)
        let order = members.keys.sorted().shuffled(using: &generator)
            .sorted { (members[$0]?.count ?? 0) > (members[$1]?.count ?? 0) }
        let classCount = (labels.max() ?? 0) + 1
        let labelTotals = labels.reduce(into: [Double](repeating: 0, count: classCount)) { $0[$1] += 1 }
        var filled = [[Double]](repeating: [Double](repeating: 0, count: classCount), count: count)
        var foldOfThing = [Int](repeating: 0, count: groups.count)
        for group in order {
            let things = members[group] ?? []
            // How full each fold is of this group's labels, rare labels weighing as much as common ones.
            let load = filled.map { fold in
                things.reduce(0) { $0 + fold[labels[$1]] / labelTotals[labels[$1]] }
            }
            let fold = load.indices.min { (load[$0], filled[$0].reduce(0, +)) < (load[$1], filled[$1].reduce(0, +)) }
            for thing in things {
                foldOfThing[thing] = fold ?? 0
                filled[fold ?? 0][labels[thing]] += 1
            }
        }
        return foldOfThing
    }
}
