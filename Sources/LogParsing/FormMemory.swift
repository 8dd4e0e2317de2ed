internal import Drain
internal import LineFeatures
internal import TocsinCore

/// What depends on a message's masked form alone, kept for the forms that came last: most lines repeat one.
///
/// Bounded: where it is full, all is forgotten and gathered anew. A full one takes about 6 MB.
struct FormMemory {
    struct Entry {
        /// The live tree's template when the form came last.
        var live: RecognizedTemplate {
            didSet { shared = Self.shared(live, modelTemplate: shared.modelTemplate) }
        }
        /// What the form's lines share, as blocks have it. Its model template is the frozen tree's, or else the typed form
        /// itself.
        private(set) var shared: ParsedBlock.Template
        let statistics: TemplateStatistics
        /// The block that has the template, and its index there.
        var blockNumber = 0
        var blockIndex = 0

        init(live: RecognizedTemplate, modelTemplate: String) {
            self.live = live
            shared = Self.shared(live, modelTemplate: modelTemplate)
            statistics = TemplateStatistics(modelTemplate.utf8.span)
        }

        private static func shared(_ live: RecognizedTemplate, modelTemplate: String) -> ParsedBlock.Template {
            ParsedBlock.Template(mined: live.template, kinds: live.kinds, modelTemplate: modelTemplate)
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
