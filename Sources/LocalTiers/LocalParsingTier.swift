internal import Drain
public import Foundation
public import LogFormats
public import LogParsing
public import Pipeline
public import TocsinCore

/// The parsing tier in this process.
public struct LocalParsingTier: ParsingTier {
    private let parser: LineParser
    /// The most lines in one call: more would keep others waiting.
    private let maxBatchItems: Int
    private let timestampDefaults: @Sendable () -> Timestamp.Defaults

    /// - Parameter timestampDefaults: what stands for the year and zone that lines leave out, asked for each call: the
    ///   program has the clock.
    public init(
        _ parser: LineParser, maxBatchItems: Int = 65_536,
        timestampDefaults: @escaping @Sendable () -> Timestamp.Defaults = { Timestamp.Defaults() }
    ) {
        self.parser = parser
        self.maxBatchItems = maxBatchItems
        self.timestampDefaults = timestampDefaults
    }

    /// A parser with the formats that ship with it and the frozen template tree of a folder of models.
    ///
    /// - Parameter formatDirectories: folders with further formats.
    /// - Throws: `FrozenTreeError`, `FormatError`.
    public init(
        modelsDirectory: String, formatDirectories: [URL] = [],
        configuration: LineParser.Configuration = LineParser.Configuration(),
        timestampDefaults: @escaping @Sendable () -> Timestamp.Defaults = { Timestamp.Defaults() }
    ) throws {
        self.init(
            LineParser(
                library: try FormatLibrary.standard(adding: formatDirectories),
                frozenTree: try FrozenTree(modelsDirectory: modelsDirectory), configuration: configuration),
            timestampDefaults: timestampDefaults)
    }

    public func parse(_ batch: ParseBatch) async throws -> ParsedBatch {
        try Task.checkCancellation()
        guard batch.lines.count <= maxBatchItems else {
            throw TierError.invalidRequest(
                tier: "parser",
                reason: "the batch has \(batch.lines.count) lines, at most \(maxBatchItems) are taken; send it in parts"
            )
        }
        do { return try parser.parse(batch, timestampDefaults: timestampDefaults()) } catch { throw TierError(error) }
    }

    public func templates(_ query: TemplateQuery) async throws -> TemplatePage {
        TemplatePage(query, of: parser.liveTreeCopy().summaries())
    }

    public func info() async throws -> TierInfo {
        let tree = parser.frozenTree
        return TierInfo(
            tier: "parser", version: ProgramVersion.current, maxBatchItems: maxBatchItems,
            maxItemBytes: parser.configuration.maxLineBytes, maxMessageBytes: 64 << 20,
            models: [
                ModelInfo(
                    name: "templates", algorithm: "Drain, \(tree.count) templates",
                    version: "\(parser.featureSchema.version)", sha256: tree.sha256, isActive: true)
            ],
            logTypes: parser.library.logTypes)
    }
}

extension TierError {
    init(_ error: ParsingError) {
        self =
            switch error {
            case .unknownLogType: .invalidRequest(tier: "parser", reason: error.description)
            }
    }
}
