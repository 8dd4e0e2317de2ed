internal import Foundation

/// Takes from a line what is not part of it: bytes beyond the limit, terminal colours, a byte order mark.
struct LineCleaner: ~Copyable {
    /// The most bytes of a line that are read.
    let limit: Int
    private var buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 0)

    init(limit: Int) { self.limit = limit }
    deinit { buffer.deallocate() }

    /// What is left of the line, valid until the next call and while the line is, and whether it was cut at the limit.
    mutating func clean(_ line: UnsafeBufferPointer<UInt8>) -> (line: UnsafeBufferPointer<UInt8>, isTruncated: Bool) {
        var line = line
        var isTruncated = false
        if line.count > limit {
            line = UnsafeBufferPointer(rebasing: line[..<Self.characterBoundary(line, at: limit)])
            isTruncated = true
        }
        if line.count >= 3, line[0] == 0xEF, line[1] == 0xBB, line[2] == 0xBF {
            line = UnsafeBufferPointer(rebasing: line[3...])
        }
        guard let base = line.baseAddress, memchr(base, 0x1B, line.count) != nil else { return (line, isTruncated) }
        return (removingEscapes(line), isTruncated)
    }

    /// The last place at or before `offset` that lies between two characters of UTF-8.
    private static func characterBoundary(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        var boundary = offset
        while boundary > offset - 4, boundary > 0, bytes[boundary] & 0xC0 == 0x80 { boundary -= 1 }
        return bytes[boundary] & 0xC0 == 0x80 ? offset : boundary
    }

    /// A copy of the line without the control sequences of ECMA-48, which terminals show as colours and movements.
    private mutating func removingEscapes(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        if buffer.count < line.count {
            buffer.deallocate()
            buffer = .allocate(capacity: line.count)
        }
        var count = 0
        var position = 0
        while position < line.count {
            guard line[position] == 0x1B else {
                buffer[count] = line[position]
                count += 1
                position += 1
                continue
            }
            position = Self.escapeEnd(line, from: position)
        }
        return UnsafeBufferPointer(rebasing: buffer[..<count])
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
