/// A message and its masked form: what is constant stays, a variable part becomes two bytes, 0xFF and its kind.
///
/// Keep one and load message after message into it: its memory is reused. In the masked form a byte 0xFF of the
/// message, which no UTF-8 has, becomes 0xFE, so that a kind's byte always follows 0xFF.
public struct MaskedMessage: Sendable {
    /// The message's variable parts, from left to right.
    public private(set) var spans: [MaskSpan] = []
    /// The message itself.
    public private(set) var content: [UInt8] = []
    /// Its first `maskedCount` bytes are the masked form.
    private var masked: [UInt8] = []
    private var maskedCount = 0
    /// Where the mask of each span stands in `masked`.
    private(set) var maskOffsets: [Int] = []
    /// Of `masked`.
    private(set) var hash: UInt64 = 0

    static let maskByte: UInt8 = 0xFF
    /// Longer masked forms end in one untyped variable part that holds all the rest.
    static let maxMaskedBytes = 4096

    public init() {}

    public init(_ content: String) {
        self.init()
        load(content)
    }

    /// A pattern in the place of a message, for a search among other patterns; it has no content.
    init(pattern: TemplatePattern) {
        masked = pattern.bytes
        maskedCount = masked.count
    }

    public mutating func load(_ content: String) {
        var content = content
        content.withUTF8 { load($0) }
    }

    public mutating func load(_ bytes: UnsafeBufferPointer<UInt8>) {
        spans.removeAll(keepingCapacity: true)
        content.removeAll(keepingCapacity: true)
        maskOffsets.removeAll(keepingCapacity: true)
        content.append(contentsOf: bytes)
        // A mask takes two bytes and stands for one at least; behind the limit at most one literal part is copied.
        let needed = 2 * bytes.count + 2
        if masked.count < needed { masked = Array(repeating: 0, count: needed + needed / 2) }
        var copied = 0
        maskedCount = masked.withUnsafeMutableBufferPointer { masked in
            var count = 0
            Masker.forEachSpan(in: bytes) { found in
                var span = found
                // A right-aligned number keeps its padding, so that its width does not matter.
                while span.start - copied > 1, bytes[span.start - 1] == UInt8(ascii: " "),
                    bytes[span.start - 2] == UInt8(ascii: " ")
                {
                    span.start -= 1
                }
                Self.copyLiteral(bytes, copied..<span.start, to: masked, at: &count)
                copied = span.start
                if count >= Self.maxMaskedBytes { return false }
                spans.append(span)
                maskOffsets.append(count)
                masked[count] = Self.maskByte
                masked[count + 1] = span.kind.rawValue
                count += 2
                copied = span.end
                return true
            }
            if count < Self.maxMaskedBytes {
                Self.copyLiteral(bytes, copied..<bytes.count, to: masked, at: &count)
                copied = bytes.count
            }
            return count
        }
        if copied < bytes.count || maskedCount > Self.maxMaskedBytes { cutTail() }
        hash = withForm { ByteHash.of(UnsafeRawBufferPointer($0)) }
    }

    /// Calls `body` with the masked form.
    @inline(__always)
    func withForm<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        masked.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<maskedCount])) }
    }

    /// The masked form.
    var form: [UInt8] { Array(masked[..<maskedCount]) }

    @inline(__always)
    private static func copyLiteral(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to masked: UnsafeMutableBufferPointer<UInt8>,
        at count: inout Int
    ) {
        var target = count
        for index in range {
            masked[target] = bytes[index] == maskByte ? 0xFE : bytes[index]
            target += 1
        }
        count = target
    }

    /// Cuts the masked form at its limit, behind a whole character, and lets one variable part hold the rest.
    private mutating func cutTail() {
        var limit = Self.maxMaskedBytes
        if let last = maskOffsets.last, last + 1 == limit { limit = last }
        while limit > 0, masked[limit] & 0xC0 == 0x80, maskOffsets.last != limit - 2 { limit -= 1 }
        let tail = contentOffset(of: limit)
        while let last = maskOffsets.last, last >= limit {
            maskOffsets.removeLast()
            spans.removeLast()
        }
        spans.append(MaskSpan(start: tail, end: content.count, kind: .any))
        maskOffsets.append(limit)
        masked[limit] = Self.maskByte
        masked[limit + 1] = MaskKind.any.rawValue
        maskedCount = limit + 2
    }

    /// Where in `content` an offset of the masked form is, between characters and masks.
    private func contentOffset(of offset: Int) -> Int {
        // The last span whose mask ends at or before `offset` says how far the two texts are apart.
        var low = 0
        var high = maskOffsets.count
        while low < high {
            let middle = (low + high) / 2
            if maskOffsets[middle] + 2 <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? offset : spans[low - 1].end + offset - maskOffsets[low - 1] - 2
    }
}

/// A 64-bit hash for tables that compare the bytes as well.
enum ByteHash {
    static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0x9E37_79B9_7F4A_7C15) -> UInt64 {
        var hash = seed ^ UInt64(bytes.count)
        var index = 0
        while index + 8 <= bytes.count {
            hash = mixed(hash, bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < bytes.count {
            rest = rest << 8 | UInt64(bytes[index])
            index += 1
        }
        return mixed(hash, rest)
    }

    @inline(__always)
    static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
