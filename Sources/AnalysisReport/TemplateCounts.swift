public import Pipeline
public import TocsinCore

/// How often each template occurs in a set of lines, with a few of the lines and what they were judged to be.
public struct TemplateCounts: Sendable {
    /// The most lines that are kept of each template.
    public static let sampleCount = 3

    struct Entry: Sendable {
        var text: String
        var logType: String
        var count = 0
        var classCounts = Array(repeating: 0, count: AnomalyClass.count)
        var samples: [[UInt8]] = []
    }

    /// Lines that have a template.
    public private(set) var total = 0
    /// Lines that could not be read.
    public private(set) var failures = 0
    private(set) var entries: [String: Entry] = [:]
    /// The template that took the place of a narrower one, by the id of that.
    private(set) var successors: [String: String] = [:]

    public init() {}

    /// - Parameter raw: the line; kept as a sample where the template has few.
    public mutating func add(_ result: ItemResult<LineAnalysis>, raw: some Collection<UInt8>) {
        guard case .success(let line) = result else {
            failures += 1
            return
        }
        let template = line.parsed.template
        for narrower in template.supersedes where narrower != template.id { successors[narrower] = template.id }
        total += 1
        var entry = entries[template.id] ?? Entry(text: template.text, logType: line.parsed.logType)
        entry.count += 1
        entry.classCounts[line.prediction.anomalyClass.rawValue] += 1
        if entry.samples.count < Self.sampleCount { entry.samples.append(Array(raw)) }
        entries[template.id] = entry
    }

    /// The entries with those of templates that were generalised since added to their successors'.
    func settled(by successors: [String: String]) -> [String: Entry] {
        var settled: [String: Entry] = [:]
        for (id, entry) in entries.sorted(by: { $0.key < $1.key }) {
            var newest = id
            // A chain is no longer than the ids in it; a cycle, which no tree makes, ends there too.
            for _ in 0..<successors.count {
                guard let next = successors[newest] else { break }
                newest = next
            }
            guard var known = settled[newest] else {
                settled[newest] = entry
                if newest != id, let successor = entries[newest] { settled[newest]?.text = successor.text }
                continue
            }
            known.count += entry.count
            for index in known.classCounts.indices { known.classCounts[index] += entry.classCounts[index] }
            known.samples = Array((known.samples + entry.samples).prefix(Self.sampleCount))
            if newest == id { known.text = entry.text }
            settled[newest] = known
        }
        return settled
    }
}
