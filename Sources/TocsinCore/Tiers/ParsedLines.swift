/// The results of a batch's lines, in its order.
///
/// They are kept as values, or as the parser writes them: then each access to a line makes its strings anew, so that
/// who needs a line twice keeps it.
public struct ParsedLines: Sendable {
    private enum Storage: Sendable {
        case values([ItemResult<ParsedLine>])
        case block(ParsedBlock)
    }

    private let storage: Storage

    public init(_ values: some Sequence<ItemResult<ParsedLine>>) { storage = .values(Array(values)) }
    public init(_ block: ParsedBlock) { storage = .block(block) }

    /// The number of lines without a result.
    public var failureCount: Int {
        switch storage {
        case .values(let values): values.count { (try? $0.get()) == nil }
        case .block: 0
        }
    }
}

extension ParsedLines: RandomAccessCollection {
    public var startIndex: Int { 0 }

    public var endIndex: Int {
        switch storage {
        case .values(let values): values.count
        case .block(let block): block.count
        }
    }

    public subscript(position: Int) -> ItemResult<ParsedLine> {
        switch storage {
        case .values(let values): values[position]
        case .block(let block): .success(block[position])
        }
    }
}

extension ParsedLines: Hashable {
    public static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for line in self { hasher.combine(line) }
    }
}
