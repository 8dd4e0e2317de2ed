/// A line cut at its commas as RFC 4180 says, with quotes undone.
///
/// Owns the memory that an unquoted row and the ranges of its values lie in; used again for each row.
struct CommaRow: ~Copyable {
    /// The most values a row is cut into; the last one holds the rest.
    static let limit = 48

    private(set) var count = 0
    /// Where each value stands, in the bytes at `base`.
    let ranges: UnsafeMutablePointer<FieldRange>
    /// The line itself, or a copy of it without its quotes.
    private(set) var base: UnsafePointer<UInt8>
    /// The end of the last value.
    private(set) var end = 0
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity = 1024

    init() {
        ranges = .allocate(capacity: Self.limit)
        buffer = .allocate(capacity: capacity)
        base = UnsafePointer(buffer)
    }

    deinit {
        ranges.deallocate()
        buffer.deallocate()
    }

    /// Cuts the bytes from `start` to `end`; false where there is no comma among them.
    mutating func cut(_ line: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Bool {
        count = 0
        base = line
        self.end = end
        var valueStart = start
        for position in start..<end {
            if line[position] == UInt8(ascii: ",") {
                guard count < Self.limit - 1 else { break }
                // Log4j parts seconds and milliseconds by a comma: `12:00:00,250` is one value.
                if !isClockBeforeMilliseconds(valueStart, position) {
                    append(valueStart, position)
                    valueStart = position + 1
                }
            } else if line[position] == UInt8(ascii: "\""), position == valueStart {
                return cutQuoted(line, from: start, to: end)
            }
        }
        append(valueStart, end)
        return count > 1
    }

    /// The same for a row with quoted values, which is copied without its quotes.
    private mutating func cutQuoted(_ line: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Bool {
        count = 0
        if capacity < end - start {
            buffer.deallocate()
            capacity = (end - start) * 2
            buffer = .allocate(capacity: capacity)
        }
        base = UnsafePointer(buffer)
        var written = 0
        var position = start
        while position <= end {
            let valueStart = written
            if position < end, line[position] == UInt8(ascii: "\"") {
                position += 1
                while position < end {
                    if line[position] == UInt8(ascii: "\"") {
                        guard position + 1 < end, line[position + 1] == UInt8(ascii: "\"") else { break }
                        position += 1
                    }
                    buffer[written] = line[position]
                    written += 1
                    position += 1
                }
                if position < end { position += 1 }
            }
            // What stands outside quotes, or after them, is taken as it is.
            let isLast = count == Self.limit - 1
            while position < end, isLast || line[position] != UInt8(ascii: ",") {
                buffer[written] = line[position]
                written += 1
                position += 1
            }
            append(valueStart, written)
            if position < end, written < capacity {
                buffer[written] = UInt8(ascii: ",")
                written += 1
            }
            position += 1
            if isLast { break }
        }
        self.end = written
        return count > 1
    }

    private mutating func append(_ start: Int, _ end: Int) {
        ranges[count] = FieldRange(start: Int32(start), end: Int32(end))
        count += 1
    }

    private func isClockBeforeMilliseconds(_ start: Int, _ comma: Int) -> Bool {
        let scanner = ByteScanner(base: base, end: end)
        let next = comma + 4
        return comma - start == 8 && scanner.clock(start) == next && (next == end || base[next] == UInt8(ascii: ","))
    }

    func equals(_ index: Int, _ text: [UInt8]) -> Bool {
        let range = ranges[index]
        guard range.count == text.count else { return false }
        for offset in 0..<text.count where base[Int(range.start) + offset] != text[offset] { return false }
        return true
    }
}
