/// Remembers which template each masked form belongs to: most messages repeat one that was seen before.
///
/// Two generations bound it: when the young one is full it becomes the old one, and what is found there is young
/// again. Forms and captures lie end to end in a few arrays, so that a look-up touches no reference count.
struct FormCache: Sendable {
    struct Entry: Sendable {
        var hash: UInt64
        var start: Int32
        var length: Int32
        var firstCapture: Int32
        var captureCount: Int32
        let slot: Int32
        /// The template's version that the captures belong to.
        let version: UInt32
    }

    private struct Generation: Sendable {
        var entries: [Entry] = []
        var forms: [UInt8] = []
        var captures: [PatternMatcher.Capture] = []
        /// Indices of `entries` by the low bits of the hash, with linear probing; -1 is free.
        var table: [Int32]

        init(capacity: Int) {
            var size = 16
            while size < capacity * 2 { size *= 2 }
            table = Array(repeating: -1, count: size)
        }

        /// The index of a form's entry.
        func find(_ hash: UInt64, _ form: UnsafeBufferPointer<UInt8>) -> Int? {
            table.withUnsafeBufferPointer { table in
                entries.withUnsafeBufferPointer { entries in
                    let mask = table.count - 1
                    var bucket = Int(truncatingIfNeeded: hash) & mask
                    while table[bucket] >= 0 {
                        let index = Int(table[bucket])
                        if entries[index].hash == hash, isForm(form, of: entries[index]) { return index }
                        bucket = (bucket + 1) & mask
                    }
                    return nil
                }
            }
        }

        private func isForm(_ form: UnsafeBufferPointer<UInt8>, of entry: Entry) -> Bool {
            guard Int(entry.length) == form.count else { return false }
            return forms.withUnsafeBufferPointer { forms in
                let start = Int(entry.start)
                return UnsafeBufferPointer(rebasing: forms[start..<start + form.count]).elementsEqual(form)
            }
        }

        mutating func insert(
            _ entry: Entry, _ form: UnsafeBufferPointer<UInt8>, _ newCaptures: [PatternMatcher.Capture]
        ) {
            var entry = entry
            entry.firstCapture = Int32(captures.count)
            entry.captureCount = Int32(newCaptures.count)
            captures.append(contentsOf: newCaptures)
            entry.length = Int32(form.count)
            if let index = find(entry.hash, form) {
                entry.start = entries[index].start
                entries[index] = entry
                return
            }
            entry.start = Int32(forms.count)
            forms.append(contentsOf: form)
            let mask = table.count - 1
            var bucket = Int(truncatingIfNeeded: entry.hash) & mask
            while table[bucket] >= 0 { bucket = (bucket + 1) & mask }
            table[bucket] = Int32(entries.count)
            entries.append(entry)
        }

        mutating func removeAll() {
            entries.removeAll(keepingCapacity: true)
            forms.removeAll(keepingCapacity: true)
            captures.removeAll(keepingCapacity: true)
            for index in table.indices { table[index] = -1 }
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

    /// The template of a form, and its captures, which lie in `captures` until the next insertion.
    mutating func entry(for message: borrowing MaskedMessage) -> Entry? {
        let hash = message.hash
        return message.withForm { form -> Entry? in
            if let index = young.find(hash, form) { return young.entries[index] }
            guard let index = old.find(hash, form) else { return nil }
            let entry = old.entries[index]
            let first = Int(entry.firstCapture)
            insert(entry, form, Array(old.captures[first..<first + Int(entry.captureCount)]))
            return young.entries.last
        }
    }

    /// Remembers the template of a form, in the place of what was remembered of it.
    mutating func insert(
        _ message: borrowing MaskedMessage, slot: Int32, version: UInt32, captures: [PatternMatcher.Capture]
    ) {
        let entry = Entry(
            hash: message.hash, start: 0, length: 0, firstCapture: 0, captureCount: 0, slot: slot, version: version)
        message.withForm { insert(entry, $0, captures) }
    }

    private mutating func insert(
        _ entry: Entry, _ form: UnsafeBufferPointer<UInt8>, _ captures: [PatternMatcher.Capture]
    ) {
        let isFull = young.entries.count >= capacity || young.captures.count > capacity * 16
        if isFull || young.forms.count + form.count > maxBytes {
            swap(&young, &old)
            young.removeAll()
        }
        young.insert(entry, form, captures)
    }

    /// Calls `body` with the captures of an entry that was found just now.
    @inline(__always)
    func withCaptures<Result>(
        of entry: Entry, _ body: (UnsafeBufferPointer<PatternMatcher.Capture>) -> Result
    ) -> Result {
        young.captures.withUnsafeBufferPointer { captures in
            let first = Int(entry.firstCapture)
            return body(UnsafeBufferPointer(rebasing: captures[first..<first + Int(entry.captureCount)]))
        }
    }
}
