internal import Foundation

/// Takes from a line what is not part of it: bytes beyond the limit, terminal colours, a byte order mark.
struct LineCleaner {
    /// The most bytes of a line that are read.
    let limit: Int
    private var buffer: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    /// Calls `body` with what is left of the line and whether it was cut at the limit.
    mutating func clean<Result>(
        _ line: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>, Bool) -> Result
    ) -> Result {
        var line = line
        var isTruncated = false
        if line.count > limit {
            line = UnsafeBufferPointer(rebasing: line[..<Self.characterBoundary(line, at: limit)])
            isTruncated = true
        }
        if line.count >= 3, line[0] == 0xEF, line[1] == 0xBB, line[2] == 0xBF {
            line = UnsafeBufferPointer(rebasing: line[3...])
        }
        guard let base = line.baseAddress, memchr(base, 0x1B, line.count) != nil else { return body(line, isTruncated) }
        removeEscapes(line)
        return buffer.withUnsafeBufferPointer { body($0, isTruncated) }
    }

    /// The last place at or before `offset` that lies between two characters of UTF-8.
    private static func characterBoundary(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        var boundary = offset
        while boundary > offset - 4, boundary > 0, bytes[boundary] & 0xC0 == 0x80 { boundary -= 1 }
        return bytes[boundary] & 0xC0 == 0x80 ? offset : boundary
    }

    /// Copies the line without the control sequences of ECMA-48, which terminals show as colours and movements.
    private mutating func removeEscapes(_ line: UnsafeBufferPointer<UInt8>) {
        buffer.removeAll(keepingCapacity: true)
        var position = 0
        while position < line.count {
            guard line[position] == 0x1B else {
                buffer.append(line[position])
                position += 1
                continue
            }
            position = Self.escapeEnd(line, from: position)
        }
    }

    private static func escapeEnd(_ line: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard start + 1 < line.count else { return line.count }
        var position = start + 2
        switch line[start + 1] {
        case UInt8(ascii: "["):
            // Parameters, then one final byte; a sequence that is cut off ends where it stops being one.
            while position < line.count, (0x20...0x3F).contains(line[position]) { position += 1 }
            return position < line.count && (0x40...0x7E).contains(line[position]) ? position + 1 : position
        case UInt8(ascii: "]"):
            // A command to the system, up to a bell or a string terminator.
            while position < line.count, line[position] != 0x07, line[position] != 0x1B { position += 1 }
            guard position < line.count else { return line.count }
            return line[position] == 0x07 ? position + 1 : min(position + 2, line.count)
        default:
            return min(position, line.count)
        }
    }
}
