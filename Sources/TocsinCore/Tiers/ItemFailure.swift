/// Why one item of a batch has no result, while the others have theirs.
public struct ItemFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: Int, Sendable, CaseIterable {
        /// The item itself is wrong; sending it again gives the same answer.
        case invalidArgument = 1
        /// The item exceeds a limit that the tier states in its `Info`.
        case limitExceeded = 2
        /// The tier failed on this item.
        case internalFailure = 3
    }

    public var code: Code
    /// What was found, what was expected and how to mend it.
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

/// One item's result or the reason why it has none.
public typealias ItemResult<Value: Sendable> = Result<Value, ItemFailure>
