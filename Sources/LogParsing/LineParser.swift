public import Drain
internal import LineFeatures
public import LogFormats
internal import Synchronization
public import TocsinCore

/// The parser tier's engine: finds each line's format, fields and template, and what models read of it.
///
/// What models read depends on the line and the frozen tree alone; the live tree, which every line changes, only names
/// groups for people. Calls may come from several threads at once: the live tree is behind a lock.
public final class LineParser: Sendable {
    public struct Configuration: Sendable {
        /// The most bytes of a line that are read; the rest is cut off and the line is said to be truncated.
        public var maxLineBytes = 65_536
        /// What stands for the year and zone that lines leave out.
        public var timestampDefaults = Timestamp.Defaults()
        public var drain = DrainConfiguration()

        public init() {}
    }

    public let library: FormatLibrary
    public let frozenTree: FrozenTree
    public let configuration: Configuration
    private let liveTree: Mutex<DrainTree>

    public init(library: FormatLibrary, frozenTree: FrozenTree, configuration: Configuration = Configuration()) {
        precondition(
            configuration.maxLineBytes > 0, "a line limit of \(configuration.maxLineBytes) bytes reads nothing")
        self.library = library
        self.frozenTree = frozenTree
        self.configuration = configuration
        liveTree = Mutex(DrainTree(configuration: configuration.drain))
    }

    /// What the line features and model templates depend on.
    public var featureSchema: FeatureSchema {
        FeatureSchema(version: FeatureTable.schemaVersion, templateTreeSHA256: frozenTree.sha256)
    }

    /// Calls `body` with the live tree, to list, save or restore it; lines wait meanwhile.
    public func withLiveTree<Result: Sendable>(_ body: (inout sending DrainTree) -> sending Result) -> Result {
        liveTree.withLock(body)
    }

    /// Parses every line of a batch, in its order.
    public func parse(_ batch: ParseBatch) throws(ParsingError) -> ParsedBatch {
        var forced: Int?
        if let name = batch.forcedLogType {
            guard let index = library.index(ofLogType: name) else {
                throw .unknownLogType(name: name, known: library.formats.map(\.name))
            }
            forced = index
        }
        var lines: [ItemResult<ParsedLine>] = []
        lines.reserveCapacity(batch.lines.count)
        var pass = ParsingPass(self)
        batch.lines.bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for end in batch.lines.ends {
                lines.append(.success(pass.parse(UnsafeBufferPointer(rebasing: bytes[start..<end]), forced: forced)))
                start = end
            }
        }
        return ParsedBatch(lines: lines, featureSchema: featureSchema)
    }

    func addToLiveTree(_ message: borrowing MaskedMessage, seenAt: Int64?) -> MinedTemplate {
        liveTree.withLock { $0.add(message, seenAt: seenAt) }
    }
}
