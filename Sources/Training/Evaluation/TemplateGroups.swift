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
    func folds(_ count: Int, labels: [Int], seed: Int) -> [Int] {
        GroupedFolds.deal(groups, into: count, labels: labels, seed: seed)
    }
}
