/// Many byte strings in one allocation, end to end: how lines and texts travel in bulk.
///
/// The bytes need not be UTF-8 and may hold NUL.
public struct LineBlock: Sendable, Hashable {
    /// All strings, one after the other.
    public private(set) var bytes: [UInt8]
    /// Where each string ends in `bytes`; as many as there are strings.
    public private(set) var ends: [Int]

    public init() {
        bytes = []
        ends = []
    }

    /// A block of strings whose `lengths` cut up `bytes`, or nil where they do not add up to `bytes.count`.
    public init?(bytes: [UInt8], lengths: some Collection<UInt32>) {
        var ends: [Int] = []
        ends.reserveCapacity(lengths.count)
        var end = 0
        for length in lengths {
            end += Int(length)
            guard end <= bytes.count else { return nil }
            ends.append(end)
        }
        guard end == bytes.count else { return nil }
        self.bytes = bytes
        self.ends = ends
    }

    public init(_ strings: some Sequence<String>) {
        self.init()
        for string in strings { append(string.utf8) }
    }

    public mutating func append(_ string: some Sequence<UInt8>) {
        bytes.append(contentsOf: string)
        ends.append(bytes.count)
    }

    /// The length in bytes of each string.
    public var lengths: [UInt32] {
        indices.map { UInt32(self[$0].count) }
    }
}

extension LineBlock: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { ends.count }
    public subscript(position: Int) -> ArraySlice<UInt8> {
        bytes[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
    }
}

extension LineBlock: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: String...) { self.init(elements) }
}
