internal import LineFeatures
internal import TocsinCore

extension MarginParts {
    /// Sums up what each column of a feature row adds to a class's margin.
    ///
    /// - Parameters:
    ///   - contributions: `[790 + 1]`: what each column adds, the base last.
    ///   - row: `[790]`.
    init(contributions: ArraySlice<Float>, row: ArraySlice<Float>, margin: Float) {
        precondition(
            contributions.count == FeatureTable.count + 1 && row.count == FeatureTable.count,
            "\(contributions.count) contributions for a row of \(row.count) columns")
        var sums: [ExplanationGroup: Double] = [:]
        var features: [Feature] = []
        for (column, (contribution, value)) in zip(contributions, row).enumerated() {
            let group = ExplanationGroup.ofColumns[column]
            sums[group, default: 0] += Double(contribution)
            guard group != .meaning, contribution != 0 else { continue }
            let feature = FeatureTable.features[column]
            features.append(
                Feature(
                    name: feature.name, group: group.rawValue, meaning: feature.meaning, value: Double(value),
                    contribution: Double(contribution)))
        }
        self.init(base: Double(contributions.last ?? 0), value: Double(margin), sums: sums, features: features)
    }

    /// Of what each group adds and each feature of the line does.
    init(
        base: Double, value: Double, sums: [ExplanationGroup: Double], features: [Feature],
        words: [WordContribution] = []
    ) {
        self.init(
            base: base, value: value,
            groups: ExplanationGroup.allCases.compactMap { group in
                sums[group].map { Group(name: group.rawValue, title: group.title, contribution: $0) }
            }.sorted { abs($0.contribution) > abs($1.contribution) },
            features: Array(
                features.sorted { abs($0.contribution) > abs($1.contribution) }.prefix(Self.mostFeatures)),
            words: words)
    }

    /// The line has 22: those that say least are left out.
    static let mostFeatures = 10
}
