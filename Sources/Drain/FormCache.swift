/// Remembers which template each masked form belongs to: most messages repeat one that was seen before.
///
/// Two generations bound it: when the young one is full it becomes the old one, and what is found there is young
/// again.
struct FormCache: Sendable {
    private struct Generation: Sendable {
        var forms: FormIndex
        /// By the forms' numbers.
        var templates: [RecognizedTemplate] = []
        var captureCount = 0

        init(capacity: Int) { forms = FormIndex(capacity: capacity) }

        mutating func removeAll() {
            forms.removeAll()
            templates.removeAll(keepingCapacity: true)
            captureCount = 0
        }
    }

    private var young: Generation
    private var old: Generation
    private let capacity: Int
    /// Of one generation: the forms' lengths bound the memory as well as their number.
    private let maxBytes: Int

    init(capacity: Int) {
        self.capacity = max(capacity / 2, 1)
        maxBytes = self.capacity * 256
        young = Generation(capacity: self.capacity)
        old = young
    }

    /// The template that was remembered of a message's form.
    mutating func template(for message: borrowing MaskedMessage) -> RecognizedTemplate? {
        if let number = young.forms.number(of: message) { return young.templates[number] }
        guard let number = old.forms.number(of: message) else { return nil }
        let template = old.templates[number]
        insert(message, template)
        return template
    }

    /// Remembers the template of a form, in the place of what was remembered of it.
    mutating func insert(_ message: borrowing MaskedMessage, _ template: RecognizedTemplate) {
        if let number = young.forms.number(of: message) {
            young.templates[number] = template
            return
        }
        let isFull = young.forms.count >= capacity || young.captureCount > capacity * 16
        if isFull || young.forms.byteCount > maxBytes {
            swap(&young, &old)
            young.removeAll()
        }
        young.forms.insert(message)
        young.templates.append(template)
        young.captureCount += template.captures.count
    }
}
