public import TocsinCore

/// How the templates of two sets of messages differ, the most telling difference first.
public struct TemplateComparison: Sendable, Hashable {
    /// One template in both sets.
    public struct Row: Sendable, Hashable {
        public var template: TemplateSummary
        public var change: ShareChange
    }

    public private(set) var rows: [Row] = []
    /// All messages of each set.
    public private(set) var totalBefore = 0
    public private(set) var totalAfter = 0

    /// Compares two states. Both are mined into one tree first, so that a template that was widened in one of them only
    /// is still the same template.
    public init(before: TemplateState, after: TemplateState, configuration: DrainConfiguration = DrainConfiguration()) {
        var union = DrainTree(restoring: before, configuration: configuration, replica: "comparison")
        union.merge(after)
        let (old, new) = (Self.counts(of: before, in: union), Self.counts(of: after, in: union))
        totalBefore = old.values.reduce(0, &+)
        totalAfter = new.values.reduce(0, &+)
        for template in union.summaries() {
            let (before, after) = (old[template.id] ?? 0, new[template.id] ?? 0)
            rows.append(
                Row(template: template, change: ShareChange(before, of: totalBefore, after, of: totalAfter)))
        }
        rows.sort {
            ($1.change.likelihoodRatio, $0.template.id) < ($0.change.likelihoodRatio, $1.template.id)
        }
    }

    private static func counts(of state: TemplateState, in union: DrainTree) -> [String: Int] {
        var counts: [String: Int] = [:]
        for record in state.records.values where record.count > 0 {
            counts[union.currentID(of: record.id) ?? record.id, default: 0] &+= Int(clamping: record.count)
        }
        return counts
    }
}
