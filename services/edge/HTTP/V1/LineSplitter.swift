internal import TocsinCore

/// Cuts a stream of bytes at line ends; of a line beyond the limit it keeps a little more than that, which shows it.
struct LineSplitter: Sendable {
    private let maxBytes: Int
    private var partial: [UInt8] = []
    /// True while a line has begun and not ended.
    private(set) var hasPartial = false

    init(maxBytes: Int) { self.maxBytes = maxBytes }

    /// The lines that end in `bytes`.
    mutating func add(_ bytes: [UInt8]) -> LineBlock {
        var block = LineBlock()
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            hold(rest[..<end])
            block.append(takePartial())
            rest = rest[(end + 1)...]
        }
        if !rest.isEmpty { hold(rest) }
        return block
    }

    /// The last line, where it has no end.
    mutating func finish() -> LineBlock {
        guard hasPartial else { return LineBlock() }
        var block = LineBlock()
        block.append(takePartial())
        return block
    }

    private mutating func hold(_ bytes: ArraySlice<UInt8>) {
        hasPartial = true
        // A line end of two bytes may follow a line of the greatest length.
        partial.append(contentsOf: bytes.prefix(maxBytes + 2 - partial.count))
    }

    private mutating func takePartial() -> [UInt8] {
        defer {
            partial = []
            hasPartial = false
        }
        return partial.last == UInt8(ascii: "\r") ? Array(partial.dropLast()) : partial
    }
}
