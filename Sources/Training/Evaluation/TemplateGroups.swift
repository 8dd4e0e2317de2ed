internal import TocsinCore

/// Puts event templates that say nearly the same into one group, so that no fold is tested on what it learned.
///
/// Two templates are near-duplicates where the words of one are those of the other but for a fifth: Jaccard index of
/// their sets of lower-case words, masks and numbers left out, of at least `threshold`.
struct TemplateGroups {
    static let threshold = 0.8

    /// The number of a template's group, by position.
    let groups: [Int]

    init(_ templates: [String]) {
        let words = templates.map(Self.words)
        var parents = Array(templates.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index { index = parents[index] }
            return index
        }
        for (position, left) in words.enumerated() {
            for other in 0..<position {
                let right = words[other]
                // The index cannot reach the threshold where one set is too much larger.
                guard Double(min(left.count, right.count)) >= Self.threshold * Double(max(left.count, right.count))
                else { continue }
                let common = left.intersection(right).count
                let union = left.count + right.count - common
                if union == 0
                    ? templates[position] == templates[other]
                    : Double(common) >= Self.threshold * Double(union)
                {
                    let (a, b) = (root(position), root(other))
                    parents[max(a, b)] = min(a, b)
                }
            }
        }
        groups = templates.indices.map(root)
    }

    /// A template's words: runs of letters, in lower case.
    static func words(_ template: String) -> Set<String> {
        Set(
            template.split { !$0.isLetter }.map { $0.lowercased() }
        )
    }

    /// A fold for each template: groups stay whole, and each fold gets its share of every label.
    ///
    /// The groups are dealt out from the largest, each to the fold that has least of its labels; ties go by the seed.
    func folds(_ count: Int, labels: [Int], seed: Int) -> [Int] {
        let members = Dictionary(grouping: groups.indices) { groups[$0] }
        var generator = SeededGenerator(seed: seed)
        let order = members.keys.sorted().shuffled(using: &generator)
            .sorted { (members[$0]?.count ?? 0) > (members[$1]?.count ?? 0) }
        let classCount = (labels.max() ?? 0) + 1
        let labelTotals = labels.reduce(into: [Double](repeating: 0, count: classCount)) { $0[$1] += 1 }
        var filled = [[Double]](repeating: [Double](repeating: 0, count: classCount), count: count)
        var foldOfTemplate = [Int](repeating: 0, count: groups.count)
        for group in order {
            let templates = members[group] ?? []
            // How full each fold is of this group's labels, rare labels weighing as much as common ones.
            let load = filled.map { fold in
                templates.reduce(0) { $0 + fold[labels[$1]] / labelTotals[labels[$1]] }
            }
            let fold = load.indices.min { (load[$0], filled[$0].reduce(0, +)) < (load[$1], filled[$1].reduce(0, +)) }
            for template in templates {
                foldOfTemplate[template] = fold ?? 0
                filled[fold ?? 0][labels[template]] += 1
            }
        }
        return foldOfTemplate
    }
}
