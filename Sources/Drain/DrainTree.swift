public import TocsinCore

/// Groups messages by event while they arrive: Drain (He et al., ICWS 2017) over masked messages.
///
/// A value: who shares one among threads guards it. Memory is bounded by the configuration, whatever is added.
public struct DrainTree: Sendable {
    public let configuration: DrainConfiguration
    /// The name that this tree counts under.
    public private(set) var replica: String

    var groups: [TemplateGroup] = []
    /// Slots of `groups` whose templates left the tree.
    private var freeSlots: [Int32] = []
    private(set) var slotsByID: [String: Int32] = [:]
    var index = LeafIndex()
    private var forms: FormCache
    /// Of the resident templates.
    private var visits = VisitOrder()
    var searchCount: UInt64 = 0
    /// Goes up with every change: a visit, what a user or another replica writes.
    var clock: UInt64 = 0
    /// What is known of templates that a user deleted.
    var tombstones: [String: Tombstone] = [:]
    var words: [PatternWord] = []
    var matcher = PatternMatcher()
    private var message = MaskedMessage()

    /// An empty tree.
    ///
    /// - Parameter replica: The name that this tree counts under; each of several that are merged has its own.
    public init(configuration: DrainConfiguration = DrainConfiguration(), replica: String = "local") {
        self.configuration = configuration
        self.replica = replica
        forms = FormCache(capacity: configuration.maxRememberedForms)
    }

    /// The number of templates in the tree, at most `maxTemplates`.
    public var count: Int { slotsByID.count }

    /// The typed texts of all templates, in no order.
    var typedTexts: [String] { groups.filter(\.isResident).map(\.typedText) }

    /// Adds a message and returns its template, which matches it.
    ///
    /// - Parameter seenAt: When the message was logged or read, in milliseconds since 1970.
    public mutating func add(_ content: String, seenAt: Int64? = nil) -> MinedTemplate {
        var message = MaskedMessage()
        swap(&message, &self.message)
        message.load(content)
        defer { swap(&message, &self.message) }
        return add(message, seenAt: seenAt)
    }

    /// Adds a message that was masked already.
    public mutating func add(_ message: borrowing MaskedMessage, seenAt: Int64? = nil) -> MinedTemplate {
        recognize(message, seenAt: seenAt).template(of: message)
    }

    /// Adds a message and returns its template for all messages of its form.
    public mutating func recognize(_ message: borrowing MaskedMessage, seenAt: Int64? = nil) -> RecognizedTemplate {
        if let known = forms.template(for: message), visit(known, by: message, seenAt: seenAt) { return known }
        words.removeAll(keepingCapacity: true)
        message.withForm { PatternWord.cut($0, into: &words) }
        let slot = home(of: message)
        let isMatch = matcher.matches(groups[Int(slot)].pattern, message, words)
        precondition(isMatch, "template '\(groups[Int(slot)].typedText)' does not match a message that was added to it")
        groups[Int(slot)].keepEvidence(of: message)
        visit(slot, seenAt: seenAt)
        let found = recognized(slot)
        forms.insert(message, found)
        return found
    }

    /// Counts one more message of a form whose template is known; false, and nothing is counted, where the tree has
    /// the template no longer.
    public mutating func visit(
        _ known: RecognizedTemplate, by message: borrowing MaskedMessage, seenAt: Int64?
    ) -> Bool {
        guard Int(known.slot) < groups.count, groups[Int(known.slot)].version == known.version else { return false }
        if groups[Int(known.slot)].takesSamples, !known.captures.isEmpty {
            groups[Int(known.slot)].keepSample(of: message)
        }
        visit(known.slot, seenAt: seenAt)
        return true
    }

    /// The template in `slot` with the captures of the last match.
    private func recognized(_ slot: Int32) -> RecognizedTemplate {
        groups.withUnsafeBufferPointer { groups in
            // Field by field: a copy of the group would count references for each of its fields. The captures in memory of
            // their own size: the matcher's has room for the longest message, and this one is remembered.
            RecognizedTemplate(
                slot: slot, version: groups[Int(slot)].version,
                template: MinedTemplate(
                    id: groups[Int(slot)].id, text: groups[Int(slot)].text, typedText: groups[Int(slot)].typedText,
                    parameters: [], supersedes: groups[Int(slot)].supersedes),
                captures: matcher.captures.map(\.self))
        }
    }

    /// The template of the tree that matches a message, the one with most constant text of several; nil without one.
    public mutating func match(_ content: String) -> MinedTemplate? {
        let message = MaskedMessage(content)
        words.removeAll(keepingCapacity: true)
        message.withForm { PatternWord.cut($0, into: &words) }
        guard let slot = bestMatch(of: message, among: candidates()),
            matcher.matches(groups[Int(slot)].pattern, message, words)
        else {
            return nil
        }
        return recognized(slot).template(of: message)
    }

    /// Puts a wider pattern in the place of a template's, and joins it with the template that has it already.
    mutating func replacePattern(of slot: Int32, by pattern: TemplatePattern) -> Int32 {
        index.remove(slot, groups[Int(slot)].pattern)
        slotsByID[groups[Int(slot)].id] = nil
        groups[Int(slot)].generalize(to: pattern, replica: replica)
        if let other = slotsByID[groups[Int(slot)].id] {
            groups[Int(other)].take(groups[Int(slot)].fullRecord(replica: replica), replica: replica)
            visits.remove(slot)
            retire(slot)
            return other
        }
        slotsByID[groups[Int(slot)].id] = slot
        _ = index.insert(slot, pattern)
        return slot
    }

    mutating func insert(_ group: consuming TemplateGroup) -> Int32 {
        if let slot = slotsByID[group.id] { return slot }
        if let tombstone = tombstones.removeValue(forKey: group.id) { group.take(tombstone.record, replica: replica) }
        let slot: Int32
        if let free = freeSlots.popLast() {
            slot = free
            groups[Int(slot)] = group
        } else {
            slot = Int32(groups.count)
            groups.append(group)
        }
        slotsByID[groups[Int(slot)].id] = slot
        let leafSize = index.insert(slot, groups[Int(slot)].pattern)
        visits.insert(slot)
        if leafSize > configuration.maxChildren,
            let victim = leastRecent(of: index.fullestLeaf(groups[Int(slot)].pattern), sparing: slot)
        {
            evict(victim)
        }
        if count > configuration.maxTemplates, let victim = oldestUnpinned(sparing: slot) { evict(victim) }
        return slot
    }

    private func leastRecent(of slots: [Int32], sparing spared: Int32) -> Int32? {
        slots.filter { $0 != spared && !groups[Int($0)].isPinned }.min {
            groups[Int($0)].lastVisit < groups[Int($1)].lastVisit
        }
    }

    /// The least recently seen template that no user pinned; the oldest of all where all are pinned.
    private func oldestUnpinned(sparing spared: Int32) -> Int32? {
        var slot = visits.oldest
        while slot >= 0, slot == spared || groups[Int(slot)].isPinned { slot = visits.newer(than: slot) }
        return slot >= 0 ? slot : visits.oldest == spared ? nil : visits.oldest
    }

    mutating func evict(_ slot: Int32) {
        index.remove(slot, groups[Int(slot)].pattern)
        slotsByID[groups[Int(slot)].id] = nil
        visits.remove(slot)
        retire(slot)
    }

    private mutating func retire(_ slot: Int32) {
        groups[Int(slot)] = TemplateGroup(pattern: TemplatePattern([]))
        groups[Int(slot)].isResident = false
        freeSlots.append(slot)
    }

    private mutating func visit(_ slot: Int32, seenAt: Int64?) {
        clock &+= 1
        groups[Int(slot)].noteVisit(clock, seenAt: seenAt)
        visits.renew(slot)
    }

    /// Goes on counting under another name; what was counted so far stays under the old one.
    public mutating func count(as replica: String) {
        for slot in groups.indices where groups[slot].isResident {
            groups[slot].record = groups[slot].fullRecord(replica: self.replica)
            groups[slot].count = 0
        }
        self.replica = replica
    }

    /// Marks what a user or another replica changed.
    mutating func touch(_ slot: Int32) {
        clock &+= 1
        groups[Int(slot)].lastEdit = clock
    }

    /// Keeps what is known of a template that is gone; one too many makes the oldest be forgotten.
    mutating func bury(_ record: TemplateRecord) {
        clock &+= 1
        tombstones[record.id] = Tombstone(record: record, changedAt: clock)
        guard tombstones.count > configuration.maxTombstones else { return }
        let oldest = tombstones.min { $0.value.changedAt < $1.value.changedAt }
        if let oldest { tombstones[oldest.key] = nil }
    }

    /// Takes over the place in time of the tree that this one was mined anew from.
    ///
    /// Templates of both keep their last visits; the others count as visited when their last message came.
    mutating func goOn(from former: DrainTree) {
        for slot in slotsByID.values {
            let old = former.slotsByID[groups[Int(slot)].id].map { former.groups[Int($0)] }
            groups[Int(slot)].lastVisit = old?.lastVisit ?? 0
            groups[Int(slot)].lastEdit = old?.lastEdit ?? 0
            if old?.fullRecord(replica: replica) != groups[Int(slot)].fullRecord(replica: replica) { touch(slot) }
        }
        orderByAge()
    }

    /// Puts the templates in the order of their last visits, and of the last messages that are known of them.
    mutating func orderByAge() {
        let slots = slotsByID.values.sorted {
            let (left, right) = (groups[Int($0)], groups[Int($1)])
            return (left.lastVisit, left.record.lastSeen ?? .min, left.id)
                < (right.lastVisit, right.record.lastSeen ?? .min, right.id)
        }
        for slot in slots { visits.renew(slot) }
    }
}
