internal import AnalysisReport
internal import Pipeline
internal import TocsinCore

/// Hides secrets in the texts that answers hold.
struct Redactor: Sendable, Hashable {
    /// In which texts secrets are hidden.
    enum Scope: String, Sendable, CaseIterable {
        case off
        /// In what may come from other callers' lines: templates and samples.
        case shared
        /// In everything, the caller's own lines included.
        case all
    }

    var scope = Scope.shared

    /// A text that the caller sent with this very request.
    func answer(_ text: String) -> String { scope == .all ? SecretRedaction.redact(text) : text }

    /// A text that may have come from somebody else.
    func template(_ text: String) -> String { scope == .off ? text : SecretRedaction.redact(text) }

    func template(_ template: TemplateSummary) -> TemplateSummary { scope == .off ? template : template.redacted }

    /// What decided a line's verdict, as answers show it.
    func explanation(_ explanation: LineExplanation, of raw: ArraySlice<UInt8>) -> LineExplanation {
        scope == .all ? explanation.redacted(line: raw) : explanation
    }

    /// A line and its verdict, as answers show them.
    func row(
        place: RecordPlace, raw: ArraySlice<UInt8>, result: ItemResult<LineAnalysis>
    ) -> ReportRow {
        ReportRow(
            place: place, raw: scope == .all ? SecretRedaction.redact(raw)[...] : raw, result: result.map(verdict))
    }

    /// What is known of a line, as answers show it.
    func verdict(_ analysis: LineAnalysis) -> LineAnalysis {
        guard scope != .off else { return analysis }
        var analysis = analysis
        analysis.parsed.content = answer(analysis.parsed.content)
        analysis.parsed.template.text = template(analysis.parsed.template.text)
        return analysis
    }
}
