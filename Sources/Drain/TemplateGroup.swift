internal import Synchronization
internal import TocsinCore

/// The messages of one event: their template and what is known of them.
struct TemplateGroup: Sendable {
    var pattern: TemplatePattern
    var id: String
    var text: String
    var typedText: String
    /// Those of the record, ascending.
    private(set) var supersedes: [String] = []
    /// The number of messages that this replica added under this id, since the group is here.
    var count: UInt64 = 0
    var firstSeen: Int64?
    var lastSeen: Int64?
    /// All else: counts of other replicas and under replaced ids, what users wrote, samples.
    var record: TemplateRecord
    /// Another one whenever the template changes or leaves the tree, so that remembered forms know.
    private(set) var version = Self.nextVersion()
    var isResident = true
    /// The tree's clock at the last visit, and when a user or another replica changed something last.
    var lastVisit: UInt64 = 0
    var lastEdit: UInt64 = 0
    /// The last search that looked at this group, so that none looks twice.
    var lastSearch: UInt64 = 0

    /// The most replaced ids that are remembered of a template: those that come first in their order.
    static let maxSupersedes = 64
    private static let maxSampleBytes = 500
    private static let sampledMessages = 16

    init(pattern: TemplatePattern) {
        self.pattern = pattern
        text = pattern.text
        typedText = pattern.typedText
        record = TemplateRecord(typedText: typedText)
        id = record.id
    }

    /// Counted over all trees: what was remembered of one is never taken for another's.
    private static let versions = Atomic<UInt64>(0)
    private static func nextVersion() -> UInt64 { versions.wrappingAdd(1, ordering: .relaxed).newValue }

    var isPinned: Bool { record.isPinned }
    var changedAt: UInt64 { max(lastVisit, lastEdit) }

    /// All that is known of this group, with what replica `replica` counted.
    func fullRecord(replica: String) -> TemplateRecord {
        var full = record
        if count > 0 { full.counts[id, default: ReplicaCounts()].raise(replica, to: count) }
        full.firstSeen = [firstSeen, full.firstSeen].compactMap { $0 }.min()
        full.lastSeen = [lastSeen, full.lastSeen].compactMap { $0 }.max()
        return full
    }

    /// Replaces the pattern by a wider one.
    mutating func generalize(to pattern: TemplatePattern, replica: String) {
        let narrow = fullRecord(replica: replica)
        self.pattern = pattern
        text = pattern.text
        typedText = pattern.typedText
        record = TemplateRecord(typedText: typedText)
        id = record.id
        count = 0
        version = Self.nextVersion()
        take(narrow, replica: replica)
    }

    /// Takes over what is known of this template, or of another one whose messages this one's pattern matches.
    mutating func take(_ other: TemplateRecord, replica: String) {
        record.merge(other)
        if other.id != id { record.supersedes.insert(other.id) }
        record.supersedes.remove(id)
        takeOwnCount(replica: replica)
        forgetSuperseded(replica: replica)
        if record.supersedes.count != supersedes.count || !supersedes.allSatisfy(record.supersedes.contains) {
            supersedes = record.supersedes.sorted()
            version = Self.nextVersion()
        }
    }

    /// Takes over what was counted under an id.
    mutating func take(_ counts: ReplicaCounts, of id: String, replica: String) {
        record.counts[id] = counts.merged(with: record.counts[id] ?? ReplicaCounts())
        takeOwnCount(replica: replica)
    }

    /// This replica's own counter goes on where it stood.
    private mutating func takeOwnCount(replica: String) {
        guard let own = record.counts[id]?.remove(replica) else { return }
        count = max(count, own)
        if record.counts[id]?.counts.isEmpty == true { record.counts[id] = nil }
    }

    /// Keeps the replaced ids within their bound. What this replica counted under those that go is counted under this
    /// template's id from now on, and each other replica does the same with what it counted.
    private mutating func forgetSuperseded(replica: String) {
        guard record.supersedes.count > Self.maxSupersedes else { return }
        record.supersedes = Set(record.supersedes.sorted().prefix(Self.maxSupersedes))
        for (id, counts) in record.counts where id != self.id && !record.supersedes.contains(id) {
            let own = ReplicaCounts([replica: counts.counts[replica] ?? 0])
            count &+= own.total(without: record.deleted[id] ?? ReplicaCounts())
            record.counts[id] = nil
        }
        for id in record.deleted.keys where id != self.id && !record.supersedes.contains(id) {
            record.deleted[id] = nil
        }
    }

    /// Keeps the message as a sample, and its form among those that the template was mined from, while they are few.
    mutating func keepEvidence(of message: borrowing MaskedMessage) {
        if record.samples.count < TemplateRecord.maxSamples { keepSample(of: message) }
        guard record.forms.isComplete else { return }
        // Most templates have one form, which is their own text.
        let isPattern = message.withForm { pattern.bytes.count == $0.count && pattern.bytes.elementsEqual($0) }
        record.forms.insert(isPattern ? typedText : TemplatePattern.typedText(of: message.form))
    }

    /// Whether a message of a known form may be kept as a sample: the first few are looked at, since equal ones may come
    /// for ever.
    var takesSamples: Bool { count < Self.sampledMessages && record.samples.count < TemplateRecord.maxSamples }

    /// Secrets are hidden first: samples are for people, and they go to files and to other replicas.
    mutating func keepSample(of message: borrowing MaskedMessage) {
        let shown = SecretRedaction.redact(message.content.prefix(Self.maxSampleBytes))
        record.samples.insert(String(decoding: shown, as: UTF8.self))
    }

    /// Takes over what this replica counted in another copy of the tree, under this id or one that this template replaced.
    mutating func takeCounts(of other: TemplateGroup, replica: String) {
        if other.id == id {
            count = max(count, other.count)
        } else {
            record.counts[other.id, default: ReplicaCounts()].raise(replica, to: other.count)
        }
        firstSeen = [firstSeen, other.firstSeen].compactMap { $0 }.min()
        lastSeen = [lastSeen, other.lastSeen].compactMap { $0 }.max()
    }

    mutating func noteVisit(_ visit: UInt64, seenAt: Int64?) {
        count += 1
        lastVisit = visit
        guard let seenAt else { return }
        firstSeen = min(firstSeen ?? seenAt, seenAt)
        lastSeen = max(lastSeen ?? seenAt, seenAt)
    }
}
