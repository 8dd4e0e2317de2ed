internal import Foundation
public import TocsinCore

/// How the templates of two sets of messages differ, the most telling difference first.
public struct TemplateComparison: Sendable, Hashable {
    public enum Change: String, Sendable, CaseIterable {
        case new, gone, grown, shrunk, same
    }

    /// One template in both sets.
    public struct Row: Sendable, Hashable {
        public var template: TemplateSummary
        /// Messages of each set.
        public var before: UInt64
        public var after: UInt64
        public var change: Change
        /// G, the logarithm of the likelihood ratio: of the template having two shares of the sets, over having one.
        public var likelihoodRatio: Double
        /// How likely such a G or a larger one is where the shares do not differ: chi-squared with one degree of freedom.
        public var pValue: Double
    }

    public private(set) var rows: [Row] = []
    /// All messages of each set.
    public private(set) var totalBefore: UInt64 = 0
    public private(set) var totalAfter: UInt64 = 0

    /// Compares two states. Both are mined into one tree first, so that a template that was widened in one of them only
    /// is still the same template.
    public init(before: TemplateState, after: TemplateState, configuration: DrainConfiguration = DrainConfiguration()) {
        var union = DrainTree(restoring: before, configuration: configuration, replica: "comparison")
        union.merge(after)
        let (old, new) = (Self.counts(of: before, in: union), Self.counts(of: after, in: union))
        totalBefore = old.values.reduce(0, &+)
        totalAfter = new.values.reduce(0, &+)
        for template in union.summaries() {
            rows.append(row(template, before: old[template.id] ?? 0, after: new[template.id] ?? 0))
        }
        rows.sort { ($1.likelihoodRatio, $0.template.id) < ($0.likelihoodRatio, $1.template.id) }
    }

    private static func counts(of state: TemplateState, in union: DrainTree) -> [String: UInt64] {
        var counts: [String: UInt64] = [:]
        for record in state.records.values where record.count > 0 {
            counts[union.currentID(of: record.id) ?? record.id, default: 0] &+= record.count
        }
        return counts
    }

    private func row(_ template: TemplateSummary, before: UInt64, after: UInt64) -> Row {
        let ratio = Self.likelihoodRatio(before, of: totalBefore, after, of: totalAfter)
        let (left, right) = (before.multipliedFullWidth(by: totalAfter), after.multipliedFullWidth(by: totalBefore))
        let change: Change =
            if left == right { .same } else if before == 0 { .new } else if after == 0 { .gone } else if left < right {
                .grown
            } else { .shrunk }
        return Row(
            template: template, before: before, after: after, change: change, likelihoodRatio: ratio,
            pValue: Self.pValue(ofLikelihoodRatio: ratio))
    }

    /// G of a two-by-two table: so many of so many, before and after (Dunning, Computational Linguistics 19, 1993).
    public static func likelihoodRatio(
        _ before: UInt64, of totalBefore: UInt64, _ after: UInt64, of totalAfter: UInt64
    ) -> Double {
        let totals = [Double(totalBefore), Double(totalAfter)]
        let hits = [Double(before), Double(after)]
        let all = totals[0] + totals[1]
        guard all > 0 else { return 0 }
        let share = (hits[0] + hits[1]) / all
        var sum = 0.0
        for (hit, total) in zip(hits, totals) {
            if hit > 0 { sum += hit * log(hit / (share * total)) }
            if total > hit { sum += (total - hit) * log((total - hit) / ((1 - share) * total)) }
        }
        return max(0, 2 * sum)
    }

    public static func pValue(ofLikelihoodRatio ratio: Double) -> Double { erfc((ratio / 2).squareRoot()) }
}
