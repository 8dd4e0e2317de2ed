public import TocsinCore

/// Takes log lines through the three tiers: parsed, embedded and classified, each distinct input once.
///
/// A chunk is parsed while the one before it is embedded and classified. Verdicts come in input order; a line that one
/// tier cannot take fails alone, while a tier that is away fails the analysis. Cancelling the calling task stops it.
/// Results are remembered from one analysis to the next (`ResultCache`).
public struct LogAnalyzer: Sendable {
    let tiers: Tiers
    let options: Options
    let now: @Sendable () -> ContinuousClock.Instant
    let catalog: TierCatalog
    private let cache: ResultCache

    /// - Parameter now: the time, for stage timings and the age of what the tiers said of themselves.
    public init(
        _ tiers: Tiers, options: Options = Options(),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.tiers = tiers
        self.options = options
        self.now = now
        catalog = TierCatalog(tiers, lifetime: options.infoLifetime, now: now)
        cache = ResultCache(vectorBytes: options.vectorCacheBytes, verdictBytes: options.verdictCacheBytes)
    }

    /// What is remembered of model texts, and how often it spared an embedding.
    public var vectorCache: CacheStatistics { cache.vectors.statistics }
    /// What is remembered of distinct lines, and how often it spared everything but parsing.
    public var verdictCache: CacheStatistics { cache.verdicts.statistics }

    /// The verdicts on all of `lines`.
    ///
    /// - Throws: `AnalysisError` where the model is not there, `TierError` where a tier as a whole fails.
    public func analyze(_ lines: LineBlock, _ request: AnalysisRequest = AnalysisRequest()) async throws -> Analysis {
        var results: [ItemResult<LineAnalysis>] = []
        results.reserveCapacity(lines.count)
        let outcome = try await analyze(lines, request) { chunk in results.append(contentsOf: chunk.results) }
        return Analysis(lines: results, model: outcome.model, summary: outcome.summary, work: outcome.work)
    }

    /// Analyses all of `lines`; `emit` takes each chunk's verdicts, in input order.
    public func analyze(
        _ lines: LineBlock, _ request: AnalysisRequest, emit: (AnalyzedChunk) async throws -> Void
    ) async throws -> Analysis {
        let source = SingleBlock(lines)
        return try await analyze(request, reading: { await source.next() }, emit: emit)
    }

    /// Analyses what `read` yields until it yields nil, in memory that does not grow with the input.
    ///
    /// - Parameters:
    ///   - read: the next lines, any number of them; called by one task at a time, ahead of what is emitted.
    ///   - emit: takes each chunk's verdicts, in input order.
    /// - Returns: the analysis as a whole, with an empty `lines`.
    public func analyze(
        _ request: AnalysisRequest = AnalysisRequest(), reading read: @escaping @Sendable () async throws -> LineBlock?,
        emit: (AnalyzedChunk) async throws -> Void
    ) async throws -> Analysis {
        let start = now()
        let infos = try await catalog.infos()
        let model = try infos.model(named: request.model)
        let feed = ChunkFeed(
            firstLines: options.firstChunkLines, maxLines: max(1, min(options.chunkLines, infos.parsing.maxBatchItems)),
            maxBytes: options.chunkBytes, read: read)
        var stage = VerdictStage(
            tiers: tiers, infos: infos, model: model, limits: limits(infos), cache: cache, now: now)
        var summary = AnalysisSummary()
        var parsingTime = Duration.zero
        var lineCount = 0

        let parseNext: @Sendable () async throws -> ParsedChunk? = { [self] in
            try await parsedChunk(from: feed, request: request, lineLimit: infos.parsing.maxItemBytes)
        }
        try await withThrowingTaskGroup(of: ParsedChunk?.self) { group in
            group.addTask(operation: parseNext)
            while let chunk = try await group.next() ?? nil {
                group.addTask(operation: parseNext)  // runs while this chunk is embedded and classified
                let results = try await stage.results(for: chunk.parsed)
                for result in results { summary.add(result) }
                parsingTime += chunk.duration
                lineCount += chunk.lines.count
                try await emit(
                    AnalyzedChunk(
                        firstLine: chunk.firstLine, lines: chunk.lines, results: results, model: stage.answeringModel))
                try Task.checkCancellation()
            }
        }
        var work = stage.work
        work.parsing = parsingTime
        work.total = now() - start
        work.lines = lineCount
        return Analysis(lines: [], model: stage.answeringModel, summary: summary, work: work)
    }

    /// A chunk and what the parsing tier made of it.
    private struct ParsedChunk: Sendable {
        var firstLine: Int
        var lines: LineBlock
        var parsed: ParsedBatch
        var duration: Duration
    }

    private func parsedChunk(
        from feed: ChunkFeed, request: AnalysisRequest, lineLimit: Int
    ) async throws -> ParsedChunk? {
        guard let (firstLine, lines) = try await feed.next() else { return nil }
        let start = now()
        // One byte over the limit is enough for the tier to see that the line is too long, and to say so.
        let batch = ParseBatch(lines: lines.cutting(at: lineLimit + 1), forcedLogType: request.forcedLogType)
        let parsed = try await tiers.parsing.parseWhole(batch)
        return ParsedChunk(firstLine: firstLine, lines: lines, parsed: parsed, duration: now() - start)
    }

    func limits(_ infos: TierCatalog.Infos) -> BatchLimits {
        BatchLimits(
            embeddingItems: max(1, min(options.embeddingBatchItems, infos.embedding.maxBatchItems)),
            classifyingItems: max(1, min(options.classifyingBatchItems, infos.classifying.maxBatchItems)),
            bytes: options.chunkBytes, concurrentCalls: options.concurrentCalls)
    }
}

/// A reader of one block.
private actor SingleBlock {
    private var block: LineBlock?

    init(_ block: LineBlock) { self.block = block }

    func next() -> LineBlock? {
        defer { block = nil }
        return block
    }
}
