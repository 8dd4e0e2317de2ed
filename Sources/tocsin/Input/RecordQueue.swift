internal import TocsinCore

/// The records of one input on their way through an analysis, which hands them back without their places.
actor RecordQueue {
    private let reader: RecordReader
    /// Where the records stood that were handed out and did not come back yet.
    private var places: [RecordPlace] = []
    /// Why the input ended before its end: what was read is analysed all the same.
    private(set) var failure: InputError?

    init(_ reader: RecordReader) { self.reader = reader }

    func next() async -> LineBlock? {
        do throws(InputError) {
            guard let block = try await reader.next() else { return nil }
            places += block.places
            return block.records
        } catch {
            failure = error
            return nil
        }
    }

    /// Where the next records stood, in the order in which they were handed out.
    func takePlaces(_ count: Int) -> [RecordPlace] {
        defer { places.removeFirst(count) }
        return Array(places.prefix(count))
    }
}
