internal import Pipeline
internal import Synchronization
internal import TocsinCore

/// How many lines of each template were given each class by this edge, for the templates that it saw last.
final class TemplateClasses: Sendable {
    private let seen = Mutex(RecentMemory<String, [Int]>(capacity: 16_384))

    func add(_ results: [ItemResult<LineAnalysis>]) {
        var counts: [String: [Int]] = [:]
        for case .success(let line) in results {
            counts[line.parsed.template.id, default: Array(repeating: 0, count: AnomalyClass.count)][
                line.prediction.anomalyClass.rawValue] += 1
        }
        seen.withLock { seen in
            for (template, new) in counts {
                let known = seen.value(for: template)
                seen.insert(known.map { zip($0, new).map(+) } ?? new, for: template)
            }
        }
    }

    /// By class index, the templates that it replaced included; nil where no line of it was judged here.
    func counts(of template: TemplateSummary) -> [Int]? {
        let counts = seen.withLock { seen in ([template.id] + template.supersedes).compactMap { seen.value(for: $0) } }
        return counts.isEmpty ? nil : AnomalyClass.allCases.indices.map { index in counts.reduce(0) { $0 + $1[index] } }
    }
}
