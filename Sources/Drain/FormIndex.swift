internal import Foundation

/// Numbers masked forms from 0 in the order they were inserted, and finds the number of one that was.
///
/// Forms lie end to end in one array, so that a look-up touches no reference count. Who fills one bounds it, by `count`
/// and `byteCount`.
public struct FormIndex: Sendable {
    private struct Entry: Sendable {
        var hash: UInt64
        var start: Int
        var length: Int
    }

    private var entries: [Entry] = []
    private var forms: [UInt8] = []
    /// Indices of `entries` by the low bits of the hash, with linear probing; -1 is free.
    private var table: [Int32]

    /// An index that is never given more than `capacity` forms.
    public init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        table = Array(repeating: -1, count: size)
    }

    public var count: Int { entries.count }
    /// Bytes of all forms together.
    public var byteCount: Int { forms.count }

    /// The number of a message's masked form, or nil where it was not inserted.
    public func number(of message: borrowing MaskedMessage) -> Int? {
        let hash = message.hash
        return message.withForm { number(of: $0, hash: hash) }
    }

    func number(of form: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
        if entries.isEmpty { return nil }
        return table.withUnsafeBufferPointer { table in
            entries.withUnsafeBufferPointer { entries in
                let mask = table.count - 1
                var bucket = Int(truncatingIfNeeded: hash) & mask
                while table[bucket] >= 0 {
                    let index = Int(table[bucket])
                    if entries[index].hash == hash, isForm(form, entries[index]) { return index }
                    bucket = (bucket + 1) & mask
                }
                return nil
            }
        }
    }

    @inline(__always)
    private func isForm(_ form: UnsafeBufferPointer<UInt8>, _ entry: Entry) -> Bool {
        guard entry.length == form.count else { return false }
        guard let base = form.baseAddress else { return true }
        return forms.withUnsafeBytes { memcmp($0.baseAddress! + entry.start, base, form.count) == 0 }
    }

    /// Gives a message's masked form, which is not here yet, the next number.
    public mutating func insert(_ message: borrowing MaskedMessage) {
        let hash = message.hash
        message.withForm { insert($0, hash: hash) }
    }

    mutating func insert(_ form: UnsafeBufferPointer<UInt8>, hash: UInt64) {
        precondition(2 * entries.count <= table.count, "an index for \(table.count / 2) forms is full")
        let mask = table.count - 1
        var bucket = Int(truncatingIfNeeded: hash) & mask
        while table[bucket] >= 0 { bucket = (bucket + 1) & mask }
        table[bucket] = Int32(entries.count)
        entries.append(Entry(hash: hash, start: forms.count, length: form.count))
        forms.append(contentsOf: form)
    }

    public mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        forms.removeAll(keepingCapacity: true)
        for index in table.indices { table[index] = -1 }
    }
}
