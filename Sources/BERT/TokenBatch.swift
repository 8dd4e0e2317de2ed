/// Token ids of several texts, packed end to end without padding.
public struct TokenBatch: Sendable, Hashable {
    /// `[tokens]`.
    public private(set) var tokenIDs: [Int32] = []
    /// `[texts + 1]`; text `i` is `offsets[i]..<offsets[i + 1]`.
    public private(set) var sequenceOffsets: [Int] = [0]

    public init() {}

    /// Appends one text's ids, `[CLS]` first and `[SEP]` last.
    public mutating func append(_ ids: some Sequence<Int32>) {
        tokenIDs.append(contentsOf: ids)
        sequenceOffsets.append(tokenIDs.count)
    }

    public mutating func removeAll() {
        tokenIDs.removeAll(keepingCapacity: true)
        sequenceOffsets.removeAll(keepingCapacity: true)
        sequenceOffsets.append(0)
    }

    /// The number of texts.
    public var count: Int { sequenceOffsets.count - 1 }
    /// The number of tokens of all texts.
    public var tokenCount: Int { tokenIDs.count }

    public subscript(text: Int) -> ArraySlice<Int32> {
        tokenIDs[sequenceOffsets[text]..<sequenceOffsets[text + 1]]
    }
}
