internal import Drain
internal import LineFeatures

/// What depends on a message's masked form alone, kept for the forms that came last: most lines repeat one.
///
/// Bounded: where it is full, all is forgotten and gathered anew. A full one takes about 6 MB.
struct FormMemory {
    struct Entry {
        /// The live tree's template when the form came last.
        var live: RecognizedTemplate
        /// The frozen tree's template, or else the typed form itself.
        let modelTemplate: String
        let statistics: TemplateStatistics
        /// The block that has the template, and its index there.
        var blockNumber = 0
        var blockIndex = 0

        init(live: RecognizedTemplate, modelTemplate: String) {
            self.live = live
            self.modelTemplate = modelTemplate
            statistics = TemplateStatistics(modelTemplate.utf8.span)
        }
    }

    static let maxForms = 8192
    static let maxBytes = 1 << 20

    private var forms = FormIndex(capacity: maxForms)
    private var entries: [Entry] = []

    func number(of message: borrowing MaskedMessage) -> Int? { forms.number(of: message) }

    subscript(number: Int) -> Entry {
        _read { yield entries[number] }
        _modify { yield &entries[number] }
    }

    /// Keeps what is known of a form that is not here yet, and gives its number.
    mutating func insert(_ entry: Entry, for message: borrowing MaskedMessage) -> Int {
        if forms.count >= Self.maxForms || forms.byteCount >= Self.maxBytes {
            forms.removeAll()
            entries.removeAll(keepingCapacity: true)
        }
        forms.insert(message)
        entries.append(entry)
        return entries.count - 1
    }
}
