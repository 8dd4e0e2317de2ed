internal import TocsinCore

/// One tree mined from what several replicas know, as if it had read the messages of all.
///
/// The result depends on what is known alone, and not on who knows it or heard of it when.
extension DrainTree {
    mutating func mineAnew(_ union: TemplateState) {
        var tree = DrainTree(configuration: configuration, replica: replica)
        tree.clock = clock
        var live: [TemplateRecord] = []
        for record in union.records.values.sorted(by: { $0.id < $1.id }) {
            if record.isLive { live.append(record) } else { tree.bury(record) }
        }
        live.sort { ($1.lastSeen ?? .min, $1.id) < ($0.lastSeen ?? .min, $0.id) }
        live.removeLast(max(0, live.count - configuration.maxTemplates))
        tree.mine(live)
        for record in live { _ = tree.assign(record) }
        tree.dropSharedCounts()
        tree.assignForms(Self.forms(of: live))
        tree.goOn(from: self)
        self = tree
    }

    /// Mines templates into this tree as if their messages came in now.
    mutating func mineInto(_ records: [TemplateRecord]) {
        mine(records)
        for record in records { touch(assign(record)) }
        dropSharedCounts()
        assignForms(Self.forms(of: records))
    }

    /// Mines the templates whose forms are not all known as they are, the widest first, and then all forms.
    private mutating func mine(_ records: [TemplateRecord]) {
        let wide = records.filter { !$0.forms.isComplete }.map { TemplatePattern(typedText: $0.typedText) }
        for pattern in wide.sorted(by: Self.isWider) { _ = home(ofPattern: pattern) }
        for form in Self.forms(of: records) { _ = home(ofPattern: TemplatePattern(typedText: form)) }
    }

    private static func isWider(_ left: TemplatePattern, _ right: TemplatePattern) -> Bool {
        if left.wildcardCount != right.wildcardCount { return left.wildcardCount > right.wildcardCount }
        return left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// The forms of all records, each once, the short ones first: of the orders that were tried, the one whose trees are
    /// nearest to those of messages as they come.
    private static func forms(of records: [TemplateRecord]) -> [String] {
        let forms = records.flatMap(\.forms.texts).sorted {
            let (left, right) = ($0.utf8, $1.utf8)
            return left.count != right.count ? left.count < right.count : left.lexicographicallyPrecedes(right)
        }
        return forms.indices.filter { $0 == 0 || !forms[$0].utf8.elementsEqual(forms[$0 - 1].utf8) }.map { forms[$0] }
    }

    /// The slot of the template that a pattern, taken for a message, belongs to.
    private mutating func home(ofPattern pattern: TemplatePattern) -> Int32 {
        words = pattern.words
        return home(of: MaskedMessage(pattern: pattern))
    }

    private mutating func match(ofPattern pattern: TemplatePattern) -> Int32? {
        words = pattern.words
        return bestMatch(of: MaskedMessage(pattern: pattern), among: candidates())
    }

    /// Gives what is known of a template to the one that covers it; where none does, to the one with most of its forms.
    ///
    /// - Returns: that one's slot.
    private mutating func assign(_ record: TemplateRecord) -> Int32 {
        var record = record
        let pattern = TemplatePattern(typedText: record.typedText)
        let forms = record.forms
        // Which template each form belongs to is seen when all have their place.
        record.forms = TemplateForms([], isComplete: forms.isComplete)
        let slot =
            slotsByID[record.id] ?? match(ofPattern: pattern) ?? mainHeir(of: forms) ?? home(ofPattern: pattern)
        groups[Int(slot)].take(record, replica: replica)
        return slot
    }

    private mutating func mainHeir(of forms: TemplateForms) -> Int32? {
        var shares: [Int32: Int] = [:]
        for form in forms.texts {
            if let slot = match(ofPattern: TemplatePattern(typedText: form)) { shares[slot, default: 0] += 1 }
        }
        return shares.max { ($0.value, groups[Int($1.key)].id) < ($1.value, groups[Int($0.key)].id) }?.key
    }

    private mutating func assignForms(_ forms: [String]) {
        for form in forms {
            guard let slot = match(ofPattern: TemplatePattern(typedText: form)) else { continue }
            groups[Int(slot)].record.forms.insert(form)
        }
    }

    /// Gives the counts of a template that several others replaced to the first of them, so that none counts twice.
    private mutating func dropSharedCounts() {
        var owners: [String: String] = [:]
        for slot in slotsByID.values {
            let heir = groups[Int(slot)].id
            // Its own counts are nobody else's.
            owners[heir] = heir
            for id in groups[Int(slot)].record.counts.keys where owners[id] != id {
                owners[id] = slotsByID[id] != nil ? id : min(owners[id] ?? heir, heir)
            }
        }
        for slot in slotsByID.values {
            let heir = groups[Int(slot)].id
            for (id, counts) in groups[Int(slot)].record.counts where owners[id] != heir {
                groups[Int(slot)].record.counts[id] = nil
                guard let name = owners[id], let owner = slotsByID[name] else { continue }
                groups[Int(owner)].take(counts, of: id, replica: replica)
            }
        }
    }
}
