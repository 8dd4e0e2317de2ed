internal import Foundation

/// How a template's share of the messages differs between two sets of them.
public struct ShareChange: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// In the second set alone.
        case new
        /// In the first set alone.
        case gone
        /// A larger share of the second set.
        case grown
        /// A smaller share of the second set.
        case shrunk
        /// Of equal shares.
        case same
    }

    public let kind: Kind
    /// Messages of the template in each set.
    public let before: Int
    public let after: Int
    /// G, twice the logarithm of the likelihood ratio of two shares over one share for both sets (Dunning, "Accurate
    /// Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19, 1993).
    public let likelihoodRatio: Double

    /// How likely such a G or a larger one is where the shares are one: chi-squared with one degree of freedom.
    public var pValue: Double { erfc((likelihoodRatio / 2).squareRoot()) }

    /// So many messages of so many in all, in the first set and in the second.
    public init(_ before: Int, of totalBefore: Int, _ after: Int, of totalAfter: Int) {
        self.before = before
        self.after = after
        // Compared across and exactly, so that equal shares are equal.
        let (left, right) = (before.multipliedFullWidth(by: totalAfter), after.multipliedFullWidth(by: totalBefore))
        kind =
            if before == 0, after > 0 { .new } else if after == 0, before > 0 { .gone } else if left == right {
                .same
            } else { left < right ? .grown : .shrunk }
        likelihoodRatio = Self.likelihoodRatio(
            hits: [Double(before), Double(after)], totals: [Double(totalBefore), Double(totalAfter)])
    }

    private static func likelihoodRatio(hits: [Double], totals: [Double]) -> Double {
        let all = totals[0] + totals[1]
        guard all > 0 else { return 0 }
        let share = (hits[0] + hits[1]) / all
        var sum = 0.0
        for (hit, total) in zip(hits, totals) {
            if hit > 0 { sum += hit * log(hit / (share * total)) }
            if total > hit { sum += (total - hit) * log((total - hit) / ((1 - share) * total)) }
        }
        return max(0, 2 * sum)  // rounding may bring it below 0
    }
}
