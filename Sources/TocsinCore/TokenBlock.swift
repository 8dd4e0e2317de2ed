/// Token ids of many texts in one allocation, end to end: how texts travel that were tokenised before.
public struct TokenBlock: Sendable, Hashable {
    /// All ids, one text's after the other's.
    public private(set) var ids: [Int32]
    /// Where each text ends in `ids`; as many as there are texts.
    public private(set) var ends: [Int]

    public init() {
        ids = []
        ends = []
    }

    /// A block of texts whose `lengths` cut up `ids`, or nil where they do not add up to `ids.count`.
    public init?(ids: [Int32], lengths: some Collection<UInt32>) {
        var ends: [Int] = []
        ends.reserveCapacity(lengths.count)
        var end = 0
        for length in lengths {
            end += Int(length)
            guard end <= ids.count else { return nil }
            ends.append(end)
        }
        guard end == ids.count else { return nil }
        self.ids = ids
        self.ends = ends
    }

    /// Appends one text's ids, special tokens included.
    public mutating func append(_ text: some Sequence<Int32>) {
        ids.append(contentsOf: text)
        ends.append(ids.count)
    }
}

extension TokenBlock: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { ends.count }
    public subscript(position: Int) -> ArraySlice<Int32> {
        ids[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
    }
}
