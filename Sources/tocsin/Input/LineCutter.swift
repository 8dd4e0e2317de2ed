internal import Glibc

/// Cuts text that comes in pieces into lines, without their ends; of a longer line than the limit the begin is kept.
struct LineCutter {
    /// The most bytes kept of one line; what is beyond them is passed over.
    static let maxLineBytes = 1 << 20

    private var unfinished: [UInt8] = []
    /// True within a line of which something was read, were it only bytes beyond the limit.
    private var isWithinLine = false

    /// Calls `body` with each line that ends in `bytes`.
    mutating func cut(_ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            var rest = bytes
            while let base = rest.baseAddress, !rest.isEmpty {
                guard let found = memchr(base, 0x0A, rest.count) else { break }
                let end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
                let line = UnsafeBufferPointer(rebasing: rest[..<end])
                if isWithinLine {
                    keep(line)
                    finish(body)
                } else {
                    Self.give(line, body)
                }
                rest = UnsafeBufferPointer(rebasing: rest[(end + 1)...])
            }
            if !rest.isEmpty {
                keep(rest)
                isWithinLine = true
            }
        }
    }

    /// Calls `body` with the last line, where it did not end in a line end.
    mutating func finish(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        guard isWithinLine else { return }
        unfinished.withUnsafeBufferPointer { Self.give($0, body) }
        unfinished.removeAll(keepingCapacity: true)
        isWithinLine = false
    }

    private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>) {
        // One more than the limit, so that a carriage return there does not count.
        unfinished += bytes.prefix(Self.maxLineBytes + 1 - unfinished.count)
    }

    private static func give(_ line: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let text = line.last == UInt8(ascii: "\r") ? UnsafeBufferPointer(rebasing: line.dropLast()) : line
        body(UnsafeBufferPointer(rebasing: text.prefix(maxLineBytes)))
    }
}
