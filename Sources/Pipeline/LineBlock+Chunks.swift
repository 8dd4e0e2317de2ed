public import TocsinCore

extension LineBlock {
    /// The strings of `range` as a block of their own.
    public func block(of range: Range<Int>) -> LineBlock {
        if range == indices { return self }
        var part = LineBlock()
        for index in range { part.append(self[index]) }
        return part
    }

    /// The end of the longest run from `start` that has at most `maxItems` strings and, unless it is a single string,
    /// at most `maxBytes` bytes.
    func endOfChunk(from start: Int, maxItems: Int, maxBytes: Int) -> Int {
        var end = start
        var size = 0
        while end < count, end - start < maxItems {
            size += self[end].count
            if size > maxBytes, end > start { break }
            end += 1
        }
        return end
    }

    /// The ranges that cut the block into batches of those limits.
    func batches(maxItems: Int, maxBytes: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < count {
            let end = endOfChunk(from: start, maxItems: maxItems, maxBytes: maxBytes)
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }

    /// The same strings, none longer than `limit` bytes.
    func cutting(at limit: Int) -> LineBlock {
        guard contains(where: { $0.count > limit }) else { return self }
        var cut = LineBlock()
        for string in self { cut.append(string.prefix(limit)) }
        return cut
    }
}
