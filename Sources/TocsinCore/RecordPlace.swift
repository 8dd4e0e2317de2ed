/// Where a record stands in its source.
public struct RecordPlace: Sendable, Hashable {
    /// The 1-based numbers of its first and its last physical line.
    public var lines: ClosedRange<Int>
    /// Which part of a record it is that was too long, or too long in coming, to be given as one: 1 for the first. Nil
    /// for a whole record, and for one whose rest came only after it was given.
    public var part: Int?

    public init(lines: ClosedRange<Int>, part: Int? = nil) {
        self.lines = lines
        self.part = part
    }

    /// One line.
    public init(line: Int) { self.init(lines: line...line) }

    /// The same place where so many lines come before the source's first.
    public func after(_ count: Int) -> RecordPlace {
        RecordPlace(lines: (lines.lowerBound + count)...(lines.upperBound + count), part: part)
    }

    /// True for a line that is a record by itself.
    public var isWholeLine: Bool { lines.count == 1 && part == nil }
}
