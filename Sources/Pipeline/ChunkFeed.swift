internal import TocsinCore

/// Cuts what a reader yields into chunks of a bounded size.
///
/// The first chunks are small, so that the first verdicts come soon; each may have twice the lines of the one before.
actor ChunkFeed {
    typealias Reader = @Sendable () async throws -> LineBlock?

    private let read: Reader
    private let maxBytes: Int
    private let maxLines: Int
    private var lineAllowance: Int
    private var block = LineBlock()
    private var position = 0
    private var nextLine = 1

    init(firstLines: Int, maxLines: Int, maxBytes: Int, read: @escaping Reader) {
        self.read = read
        self.maxBytes = maxBytes
        self.maxLines = maxLines
        self.lineAllowance = min(firstLines, maxLines)
    }

    /// The next chunk and the 1-based number of its first line; nil at the end. Called by one task at a time.
    func next() async throws -> (firstLine: Int, lines: LineBlock)? {
        while position >= block.count {
            guard let read = try await read() else { return nil }
            block = read
            position = 0
        }
        let end = block.endOfChunk(from: position, maxItems: lineAllowance, maxBytes: maxBytes)
        let chunk = (firstLine: nextLine, lines: block.block(of: position..<end))
        nextLine += end - position
        position = end
        lineAllowance = min(lineAllowance * 2, maxLines)
        return chunk
    }
}
