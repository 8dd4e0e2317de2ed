/// How well mined templates agree with a ground truth, by the four measures of the log-parsing benchmark.
///
/// Grouping and parsing accuracy count messages, FGA and FTA are F1 scores over groups and templates (Jiang et al.,
/// "A Large-Scale Evaluation for Log Parsing Techniques", ISSTA 2024; Khan et al., ICSE 2022). Templates are compared
/// with every mask as `<*>` and runs of white space as one space.
public struct ParsingMetrics: Sendable, Hashable {
    /// The part of the messages whose group holds the very messages of a true group.
    public var groupingAccuracy: Double
    /// The part of the messages whose template is the true one.
    public var parsingAccuracy: Double
    /// F1 of the groups that hold the very messages of a true group.
    public var groupingF1: Double
    /// F1 of the templates that all messages of a true group have, and that are the true one.
    public var templateF1: Double

    /// Scores one source.
    ///
    /// - Parameters:
    ///   - groups: The id of each message's mined template.
    ///   - templates: The text of each message's mined template.
    ///   - truth: The true template of each message.
    public init(groups: [String], templates: [String], truth: [String]) {
        precondition(
            groups.count == truth.count && templates.count == truth.count,
            "\(groups.count) groups, \(templates.count) templates and \(truth.count) true ones are not of the same messages"
        )
        let templates = templates.map(Self.normalized)
        let truth = truth.map(Self.normalized)
        let mined = Dictionary(grouping: groups.indices) { groups[$0] }
        let expected = Dictionary(grouping: truth.indices) { truth[$0] }
        var rightGroups = 0
        var rightMessages = 0
        var rightTemplates = 0
        for (template, messages) in expected {
            if let first = messages.first, mined[groups[first]] == messages {
                rightGroups += 1
                rightMessages += messages.count
            }
            if messages.allSatisfy({ templates[$0] == template }) { rightTemplates += 1 }
        }
        let total = Double(max(truth.count, 1))
        groupingAccuracy = Double(rightMessages) / total
        parsingAccuracy = Double(zip(templates, truth).count { $0 == $1 }) / total
        groupingF1 = 2 * Double(rightGroups) / Double(max(mined.count + expected.count, 1))
        templateF1 = 2 * Double(rightTemplates) / Double(max(Set(templates).count + expected.count, 1))
    }

    private static func normalized(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
