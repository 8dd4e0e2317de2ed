internal import Synchronization

/// The messages of one event: their template and what is known of them.
struct TemplateGroup: Sendable {
    var pattern: TemplatePattern
    var id: String
    var text: String
    var typedText: String
    var supersedes: [String] = []
    /// The number of messages that this replica added under this id, since the group is here.
    var count: UInt64 = 0
    var firstSeen: Int64?
    var lastSeen: Int64?
    /// All else: counts of other replicas and under replaced ids, what users wrote, samples.
    var record: TemplateRecord
    /// Another one whenever the template changes or leaves the tree, so that remembered forms know.
    private(set) var version = Self.nextVersion()
    var isResident = true
    /// Neighbours in the order of the last visits; -1 at the ends.
    var newer: Int32 = -1
    var older: Int32 = -1
    /// Goes up with every visit in the tree.
    var lastVisit: UInt64 = 0
    /// The last search that looked at this group, so that none looks twice.
    var lastSearch: UInt64 = 0

    init(pattern: TemplatePattern) {
        self.pattern = pattern
        text = pattern.text
        typedText = pattern.typedText
        id = TemplatePattern.id(ofTypedText: typedText)
        record = TemplateRecord(typedText: typedText)
    }

    /// Counted over all trees: what was remembered of one is never taken for another's.
    private static let versions = Atomic<UInt64>(0)
    private static func nextVersion() -> UInt64 { versions.wrappingAdd(1, ordering: .relaxed).newValue }

    var isPinned: Bool { record.pin?.value != nil }

    /// All that is known of this group, with what replica `replica` counted.
    func fullRecord(replica: String) -> TemplateRecord {
        var full = TemplateRecord(typedText: typedText)
        full.merge(record)
        full.supersedes = Set(supersedes)
        full.counts[id, default: ReplicaCounts()].counts[replica, default: 0] += count
        full.firstSeen = [firstSeen, full.firstSeen].compactMap { $0 }.min()
        full.lastSeen = [lastSeen, full.lastSeen].compactMap { $0 }.max()
        return full
    }

    /// Replaces the pattern by a wider one.
    mutating func generalize(to pattern: TemplatePattern, replica: String) {
        record = fullRecord(replica: replica)
        count = 0
        supersedes.append(id)
        self.pattern = pattern
        text = pattern.text
        typedText = pattern.typedText
        id = TemplatePattern.id(ofTypedText: typedText)
        supersedes.removeAll { $0 == id }
        version = Self.nextVersion()
    }

    /// Takes over a group whose messages this one's pattern matches as well.
    mutating func absorb(_ other: TemplateGroup, replica: String) {
        record.merge(other.fullRecord(replica: replica))
        version = Self.nextVersion()
        for id in other.supersedes + [other.id] where id != self.id && !supersedes.contains(id) {
            supersedes.append(id)
        }
    }

    /// Keeps the message as a sample of the event, if there are too few.
    mutating func keepSample(of message: borrowing MaskedMessage) {
        guard record.samples.count < TemplateRecord.maxSamples else { return }
        record.samples.insert(String(decoding: message.content.prefix(Self.maxSampleBytes), as: UTF8.self))
    }

    private static let maxSampleBytes = 500

    mutating func noteVisit(_ visit: UInt64, seenAt: Int64?) {
        count += 1
        lastVisit = visit
        guard let seenAt else { return }
        firstSeen = min(firstSeen ?? seenAt, seenAt)
        lastSeen = max(lastSeen ?? seenAt, seenAt)
    }
}
