/// Where a column's value stands in the line.
public struct FieldRange: Sendable, BitwiseCopyable {
    /// -1 where the line has no such value.
    public internal(set) var start: Int32 = -1
    public internal(set) var end: Int32 = -1

    public var isSet: Bool { start >= 0 }
    public var count: Int { Int(end - start) }
    static let unset = FieldRange()
}
