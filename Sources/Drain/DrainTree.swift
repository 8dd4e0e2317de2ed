public import TocsinCore

/// Groups messages by event while they arrive: Drain (He et al., ICWS 2017) over masked messages.
///
/// A value: who shares one among threads guards it. Memory is bounded by the configuration, whatever is added.
public struct DrainTree: Sendable {
    public let configuration: DrainConfiguration
    public let replica: String

    var groups: [TemplateGroup] = []
    /// Slots of `groups` whose templates left the tree.
    private var freeSlots: [Int32] = []
    private(set) var slotsByID: [String: Int32] = [:]
    private var index = LeafIndex()
    private var forms: FormCache
    /// The ends of the chain of resident templates by their last visit.
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    private var searchCount: UInt64 = 0
    private var visitCount: UInt64 = 0
    /// What is known of templates that a user deleted.
    var deleted: [String: TemplateRecord] = [:]
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
        if let form = forms.entry(for: message), groups[Int(form.slot)].version == form.version {
            visit(form.slot, seenAt: seenAt)
            let parameters = forms.withCaptures(of: form) { message.parameters($0) }
            return template(in: form.slot, with: parameters)
        }
        words.removeAll(keepingCapacity: true)
        message.withForm { PatternWord.cut($0, into: &words) }
        let slot = home(of: message)
        let isMatch = matcher.matches(groups[Int(slot)].pattern, message, words)
        precondition(isMatch, "template '\(groups[Int(slot)].typedText)' does not match a message that was added to it")
        groups[Int(slot)].keepSample(of: message)
        visit(slot, seenAt: seenAt)
        forms.insert(message, slot: slot, version: groups[Int(slot)].version, captures: matcher.captures)
        return template(in: slot, with: matcher.captures.withUnsafeBufferPointer { message.parameters($0) })
    }

    /// The template of the tree that matches a message, the one with most constant text of several; nil without one.
    public mutating func match(_ content: String) -> MinedTemplate? {
        let message = MaskedMessage(content)
        words.removeAll(keepingCapacity: true)
        message.withForm { PatternWord.cut($0, into: &words) }
        guard let slot = bestMatch(of: message), matcher.matches(groups[Int(slot)].pattern, message, words)
        else {
            return nil
        }
        return template(in: slot, with: matcher.captures.withUnsafeBufferPointer { message.parameters($0) })
    }

    private func template(in slot: Int32, with parameters: [TemplateParameter]) -> MinedTemplate {
        groups.withUnsafeBufferPointer { groups in
            // Field by field: a copy of the group would count references for each of its fields.
            MinedTemplate(
                id: groups[Int(slot)].id, text: groups[Int(slot)].text, typedText: groups[Int(slot)].typedText,
                parameters: parameters, supersedes: groups[Int(slot)].supersedes)
        }
    }

    // MARK: Search

    /// The slot of the template that the message belongs to; a new one, or a widened one, where none matches it.
    mutating func home(of message: borrowing MaskedMessage) -> Int32 {
        if let slot = bestMatch(of: message) { return slot }
        if let slot = join(message) ?? joinOfOtherLength(message) { return slot }
        return insert(TemplateGroup(pattern: TemplatePattern(message.form)))
    }

    /// The templates, each once, that may match a message of `words`; of any length, those that are like it.
    mutating func candidates(ofAnyLength: Bool = false) -> [Int32] {
        searchCount &+= 1
        var candidates: [Int32] = []
        let visit = { (slot: Int32, groups: inout [TemplateGroup], searchCount: UInt64) in
            guard groups[Int(slot)].lastSearch != searchCount else { return }
            groups[Int(slot)].lastSearch = searchCount
            candidates.append(slot)
        }
        if ofAnyLength {
            index.forEachOfAnyLength(words) { visit($0, &groups, searchCount) }
        } else {
            index.forEachCandidate(words) { visit($0, &groups, searchCount) }
        }
        return candidates
    }

    private mutating func bestMatch(of message: borrowing MaskedMessage) -> Int32? {
        var best: Int32?
        for slot in candidates() where matcher.matches(groups[Int(slot)].pattern, message, words) {
            if let current = best, !groups[Int(slot)].pattern.isNarrower(than: groups[Int(current)].pattern) {
                continue
            }
            best = slot
        }
        return best
    }

    /// Widens the template that the message belongs to, where enough was seen to say so.
    private mutating func join(_ message: borrowing MaskedMessage) -> Int32? {
        let form = message.form
        var similar: [(slot: Int32, difference: TemplateDifference)] = []
        for slot in candidates() {
            let difference = groups[Int(slot)].pattern.difference(
                from: form, words, threshold: configuration.similarityThreshold)
            if let difference { similar.append((slot, difference)) }
        }
        similar.sort {
            ($0.difference.similarity, groups[Int($0.slot)].count) > (
                $1.difference.similarity, groups[Int($1.slot)].count
            )
        }
        for (slot, difference) in similar.prefix(Self.maxTrials) {
            let places = Set(difference.places.map(\.start))
            // The templates that differ from the message in these places only: all of one event, or none.
            let siblings = similar.filter { places.isSuperset(of: $0.difference.places.map(\.start)) }.map(\.slot)
            let isVariable = difference.places.allSatisfy { place in
                guard let word = groups[Int(slot)].pattern.partner(of: place.word, in: words) else { return false }
                let seen = Set(siblings.map { shape(in: $0, facing: word) })
                return seen.union([word.shape]).count >= configuration.wordsNeeded(for: place.evidence)
            }
            guard isVariable else { continue }
            let wider = groups[Int(slot)].pattern.merged(form, words)
            guard covers(wider, slot, message) else { continue }
            let home = replacePattern(of: slot, by: wider)
            absorb(siblings, into: home)
            return home
        }
        return nil
    }

    /// The shape of a template's word that faces a word of the message; 0 where many words do.
    private func shape(in slot: Int32, facing word: PatternWord) -> UInt64 {
        let pattern = groups[Int(slot)].pattern
        let index = pattern.words.indices.first { pattern.partner(of: $0, in: words)?.start == word.start }
        return index.map { pattern.words[$0].shape } ?? 0
    }

    /// Opens a template for any number of words where this message has another number of them.
    private mutating func joinOfOtherLength(_ message: borrowing MaskedMessage) -> Int32? {
        guard words.count > 2 else { return nil }
        let form = message.form
        var holes: [(slot: Int32, hole: TemplatePattern.Hole)] = []
        for slot in candidates(ofAnyLength: true) {
            let hole = groups[Int(slot)].pattern.hole(
                to: form, words, threshold: configuration.similarityThreshold)
            if let hole { holes.append((slot, hole)) }
        }
        holes.sort { ($0.hole.head + $0.hole.tail, $0.slot) > ($1.hole.head + $1.hole.tail, $1.slot) }
        for (slot, hole) in holes.prefix(Self.maxTrials) {
            let siblings = holes.filter { $0.hole.head >= hole.head && $0.hole.tail >= hole.tail }.map(\.slot)
            let evidence = hole.isOfValues ? Evidence.values : .plainWords
            guard siblings.count + 1 >= configuration.wordsNeeded(for: evidence) else { continue }
            let wider = groups[Int(slot)].pattern.opened(hole)
            guard covers(wider, slot, message) else { continue }
            let home = replacePattern(of: slot, by: wider)
            absorb(siblings, into: home)
            return home
        }
        return nil
    }

    /// True where the pattern matches the message and all that the template in `slot` does.
    private mutating func covers(
        _ pattern: TemplatePattern, _ slot: Int32, _ message: borrowing MaskedMessage
    ) -> Bool {
        let narrow = groups[Int(slot)].pattern
        return matcher.matches(pattern, message, words) && matcher.matches(pattern, narrow.bytes, narrow.words)
    }

    /// Joins the templates that a wider one covers with it.
    private mutating func absorb(_ slots: [Int32], into home: Int32) {
        for slot in slots where slot != home && groups[Int(slot)].isResident {
            let pattern = groups[Int(slot)].pattern
            guard matcher.matches(groups[Int(home)].pattern, pattern.bytes, pattern.words) else { continue }
            groups[Int(home)].absorb(groups[Int(slot)], replica: replica)
            evict(slot)
        }
    }

    /// The most templates that are tried to be widened for one message.
    private static let maxTrials = 8

    // MARK: Change

    /// Puts a wider pattern in the place of a template's, and joins it with the template that has it already.
    private mutating func replacePattern(of slot: Int32, by pattern: TemplatePattern) -> Int32 {
        index.remove(slot, groups[Int(slot)].pattern)
        slotsByID[groups[Int(slot)].id] = nil
        groups[Int(slot)].generalize(to: pattern, replica: replica)
        if let other = slotsByID[groups[Int(slot)].id] {
            groups[Int(other)].absorb(groups[Int(slot)], replica: replica)
            unlink(slot)
            retire(slot)
            return other
        }
        slotsByID[groups[Int(slot)].id] = slot
        index.insert(slot, pattern)
        return slot
    }

    mutating func insert(_ group: TemplateGroup) -> Int32 {
        if let slot = slotsByID[group.id] { return slot }
        var group = group
        if let record = deleted.removeValue(forKey: group.id) { group.take(record, id: group.id, replica: replica) }
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
        index.insert(slot, group.pattern)
        link(slot)
        let leaf = index.fullestLeaf(group.pattern)
        if leaf.count > configuration.maxChildren, let victim = leastRecent(of: leaf, sparing: slot) { evict(victim) }
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
        var slot = oldest
        while slot >= 0, slot == spared || groups[Int(slot)].isPinned { slot = groups[Int(slot)].newer }
        return slot >= 0 ? slot : oldest == spared ? nil : oldest
    }

    mutating func evict(_ slot: Int32) {
        index.remove(slot, groups[Int(slot)].pattern)
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

    /// Puts the templates in the order of the last messages that are known of them.
    mutating func orderByAge() {
        let slots = slotsByID.values.sorted {
            (groups[Int($0)].record.lastSeen ?? .min, groups[Int($0)].id)
                < (groups[Int($1)].record.lastSeen ?? .min, groups[Int($1)].id)
        }
        for slot in slots {
            unlink(slot)
            link(slot)
            visitCount &+= 1
            groups[Int(slot)].lastVisit = visitCount
        }
    }

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
