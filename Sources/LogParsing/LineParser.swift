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
        public var drain = DrainConfiguration()

        public init() {}
    }

    public let library: FormatLibrary
    public let frozenTree: FrozenTree
    public let configuration: Configuration
    private let liveTree: Mutex<DrainTree>
    /// Those that no call uses: at most as many as calls there were at once.
    private let passes = Mutex<[LentPass]>([])

    /// - Parameter liveTree: where the live tree goes on from, as after a restart; an empty one where it is nil.
    public init(
        library: FormatLibrary, frozenTree: FrozenTree, configuration: Configuration = Configuration(),
        liveTree: DrainTree? = nil
    ) {
        precondition(
            configuration.maxLineBytes > 0, "a line limit of \(configuration.maxLineBytes) bytes reads nothing")
        self.library = library
        self.frozenTree = frozenTree
        self.configuration = configuration
        self.liveTree = Mutex(liveTree ?? DrainTree(configuration: configuration.drain))
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
    ///
    /// - Parameter timestampDefaults: what stands for the year and zone that lines leave out. Nothing that a model reads
    ///   depends on it.
    public func parse(
        _ batch: ParseBatch, timestampDefaults: Timestamp.Defaults = Timestamp.Defaults()
    ) throws(ParsingError) -> ParsedBatch {
        let format = try format(named: batch.forcedLogType)
        let lent = passes.withLock { $0.popLast() } ?? LentPass(library, frozenTree, configuration)
        defer { passes.withLock { $0.append(lent) } }
        let block = lent.pass.parse(batch.lines, as: format, timestampDefaults, liveTree)
        return ParsedBatch(lines: ParsedLines(block), featureSchema: featureSchema)
    }

    /// What lines are said to be.
    enum Format {
        case detected
        /// Of the format at that position in the library.
        case forced(Int)
        /// Of no format: all of a line is its content.
        case unknown
    }

    private func format(named name: String?) throws(ParsingError) -> Format {
        guard let name else { return .detected }
        if let index = library.index(ofLogType: name) { return .forced(index) }
        if name.lowercased() == FormatLibrary.unknownLogType.lowercased() { return .unknown }
        throw .unknownLogType(name: name, known: library.logTypes)
    }
}
