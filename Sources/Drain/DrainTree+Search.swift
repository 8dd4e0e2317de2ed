/// Which template a message belongs to, and what must be widened so that it does.
extension DrainTree {
    /// The slot of the template that the message belongs to; a new one, or a widened one, where none matches it.
    mutating func home(of message: borrowing MaskedMessage) -> Int32 {
        let candidates = candidates()
        if let slot = bestMatch(of: message, among: candidates) { return slot }
        if let slot = join(message, candidates) ?? joinOfOtherLength(message) { return slot }
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

    mutating func bestMatch(of message: borrowing MaskedMessage, among candidates: [Int32]) -> Int32? {
        var best: Int32?
        for slot in candidates where matcher.matches(groups[Int(slot)].pattern, message, words) {
            if let current = best, !groups[Int(slot)].pattern.isNarrower(than: groups[Int(current)].pattern) {
                continue
            }
            best = slot
        }
        return best
    }

    /// Widens the template that the message belongs to, where enough was seen to say so.
    private mutating func join(_ message: borrowing MaskedMessage, _ candidates: [Int32]) -> Int32? {
        let form = message.form
        var similar: [(slot: Int32, difference: TemplateDifference)] = []
        for slot in candidates {
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
            groups[Int(home)].take(groups[Int(slot)].fullRecord(replica: replica), replica: replica)
            evict(slot)
        }
    }

    /// The most templates that are tried to be widened for one message.
    private static let maxTrials = 8
}
