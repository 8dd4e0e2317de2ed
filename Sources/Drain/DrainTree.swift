public import TocsinCore

/// Groups messages by event while they arrive: Drain (He et al., ICWS 2017) over masked messages.
///
/// A value: who shares one among threads guards it. Memory is bounded by the configuration, whatever is added.
public struct DrainTree: Sendable {
    public let configuration: DrainConfiguration

    var groups: [TemplateGroup] = []
    /// Slots of `groups` whose templates left the tree.
    private var freeSlots: [Int32] = []
    private var slotsByID: [String: Int32] = [:]
    private var index = LeafIndex()
    private var forms: FormCache
    /// The ends of the chain of resident templates by their last visit.
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    private var searchCount: UInt64 = 0
    private var words: [PatternWord] = []
    private var matcher = PatternMatcher()
    private var message = MaskedMessage()

    public init(configuration: DrainConfiguration = DrainConfiguration()) {
        self.configuration = configuration
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
        if let form = forms.entry(for: message), groups[Int(form.slot)].version == form.version {
            visit(form.slot, seenAt: seenAt)
            return groups[Int(form.slot)].template(of: message, form.captures)
        }
        words.removeAll(keepingCapacity: true)
        message.masked.withUnsafeBufferPointer { PatternWord.cut($0, into: &words) }
        let slot = home(of: message)
        let isMatch = matcher.matches(groups[Int(slot)].pattern, message.masked, words)
        precondition(isMatch, "template '\(groups[Int(slot)].typedText)' does not match a message that was added to it")
        visit(slot, seenAt: seenAt)
        let entry = FormCache.Entry(
            masked: message.masked, slot: slot, version: groups[Int(slot)].version, captures: matcher.captures)
        forms.insert(entry, hash: message.hash)
        return groups[Int(slot)].template(of: message, matcher.captures)
    }

    /// The template of the tree that matches a message, the one with most constant text of several; nil without one.
    public mutating func match(_ content: String) -> MinedTemplate? {
        let message = MaskedMessage(content)
        words.removeAll(keepingCapacity: true)
        message.masked.withUnsafeBufferPointer { PatternWord.cut($0, into: &words) }
        guard let slot = bestMatch(of: message), matcher.matches(groups[Int(slot)].pattern, message.masked, words)
        else {
            return nil
        }
        return groups[Int(slot)].template(of: message, matcher.captures)
    }

    // MARK: Search

    /// The slot of the template that the message belongs to; a new one, or a widened one, where none matches it.
    private mutating func home(of message: borrowing MaskedMessage) -> Int32 {
        if let slot = bestMatch(of: message) { return slot }
        if let slot = mostSimilar(to: message) {
            let wider = groups[Int(slot)].pattern.merged(message.masked, words)
            return replacePattern(of: slot, by: wider)
        }
        return insert(TemplateGroup(pattern: TemplatePattern(message.masked)))
    }

    private mutating func candidates() -> [Int32] {
        searchCount &+= 1
        var candidates: [Int32] = []
        index.forEachCandidate(words) { slot in
            guard groups[Int(slot)].lastSearch != searchCount else { return }
            groups[Int(slot)].lastSearch = searchCount
            candidates.append(slot)
        }
        return candidates
    }

    private mutating func bestMatch(of message: borrowing MaskedMessage) -> Int32? {
        var best: Int32?
        for slot in candidates() where matcher.matches(groups[Int(slot)].pattern, message.masked, words) {
            if let current = best, !groups[Int(slot)].pattern.isNarrower(than: groups[Int(current)].pattern) {
                continue
            }
            best = slot
        }
        return best
    }

    private mutating func mostSimilar(to message: borrowing MaskedMessage) -> Int32? {
        var best: (slot: Int32, score: Double)?
        for slot in candidates() {
            let score = groups[Int(slot)].pattern.similarity(to: message.masked, words)
            guard score >= configuration.similarityThreshold, score > best?.score ?? -1 else { continue }
            best = (slot, score)
        }
        return best?.slot
    }

    // MARK: Change

    /// Puts a wider pattern in the place of a template's, and joins it with the template that has it already.
    private mutating func replacePattern(of slot: Int32, by pattern: TemplatePattern) -> Int32 {
        index.remove(slot, groups[Int(slot)].pattern.words)
        slotsByID[groups[Int(slot)].id] = nil
        groups[Int(slot)].generalize(to: pattern)
        if let other = slotsByID[groups[Int(slot)].id] {
            groups[Int(other)].absorb(groups[Int(slot)])
            unlink(slot)
            retire(slot)
            return other
        }
        slotsByID[groups[Int(slot)].id] = slot
        index.insert(slot, pattern.words)
        return slot
    }

    private mutating func insert(_ group: TemplateGroup) -> Int32 {
        if let slot = slotsByID[group.id] { return slot }
        let slot: Int32
        if let free = freeSlots.popLast() {
            slot = free
            let version = groups[Int(slot)].version
            groups[Int(slot)] = group
            groups[Int(slot)].version = version
        } else {
            slot = Int32(groups.count)
            groups.append(group)
        }
        slotsByID[group.id] = slot
        index.insert(slot, group.pattern.words)
        link(slot)
        let leaf = index.fullestLeaf(group.pattern.words)
        if leaf.count > configuration.maxChildren, let victim = leastRecent(of: leaf, sparing: slot) { evict(victim) }
        if count > configuration.maxTemplates, oldest != slot { evict(oldest) }
        return slot
    }

    private func leastRecent(of slots: [Int32], sparing spared: Int32) -> Int32? {
        slots.filter { $0 != spared }.min { groups[Int($0)].lastVisit < groups[Int($1)].lastVisit }
    }

    private mutating func evict(_ slot: Int32) {
        index.remove(slot, groups[Int(slot)].pattern.words)
        slotsByID[groups[Int(slot)].id] = nil
        unlink(slot)
        retire(slot)
    }

    private mutating func retire(_ slot: Int32) {
        let version = groups[Int(slot)].version &+ 1
        groups[Int(slot)] = TemplateGroup(pattern: TemplatePattern([]))
        groups[Int(slot)].version = version
        groups[Int(slot)].isResident = false
        freeSlots.append(slot)
    }

    // MARK: Order of visits

    private mutating func visit(_ slot: Int32, seenAt: Int64?) {
        visitCount &+= 1
        groups[Int(slot)].noteVisit(visitCount, seenAt: seenAt)
        if newest != slot {
            unlink(slot)
            link(slot)
        }
    }

    private var visitCount: UInt64 = 0

    private mutating func link(_ slot: Int32) {
        groups[Int(slot)].older = newest
        groups[Int(slot)].newer = -1
        if newest >= 0 { groups[Int(newest)].newer = slot } else { oldest = slot }
        newest = slot
    }

    private mutating func unlink(_ slot: Int32) {
        let (newer, older) = (groups[Int(slot)].newer, groups[Int(slot)].older)
        if newer >= 0 { groups[Int(newer)].older = older } else { newest = older }
        if older >= 0 { groups[Int(older)].newer = newer } else { oldest = newer }
    }
}
