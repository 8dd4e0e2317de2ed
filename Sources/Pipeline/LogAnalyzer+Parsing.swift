public import TocsinCore

extension LogAnalyzer {
    /// What the parsing tier alone says of `lines`, in their order.
    ///
    /// - Throws: `TierError` where the tier as a whole fails, `AnalysisError` where it knows no such log type.
    public func parse(_ lines: LineBlock, forcedLogType: String? = nil) async throws -> [ItemResult<ParsedLine>] {
        let info = try await tiers.parsing.info()
        let ranges = lines.batches(
            maxItems: max(1, min(options.chunkLines, info.maxBatchItems)), maxBytes: options.chunkBytes)
        let parsing = tiers.parsing
        let batches = try await ranges.concurrentMap(limit: options.concurrentCalls) { range in
            let block = lines.block(of: range).cutting(at: info.maxItemBytes + 1)
            return try await parsing.parseWhole(ParseBatch(lines: block, forcedLogType: forcedLogType)).lines
        }
        return batches.flatMap(\.self)
    }

    /// Forgets what the tiers said of themselves, as after a model was activated.
    public func forgetTiers() async { await catalog.forget() }
}

extension ParsingTier {
    /// Parses a batch, and holds the tier to a result for each line.
    func parseWhole(_ batch: ParseBatch) async throws -> ParsedBatch {
        let parsed: ParsedBatch
        do { parsed = try await parse(batch) } catch TierError.invalidRequest(_, let reason)
            where batch.forcedLogType != nil
        {
            throw AnalysisError.unknownLogType(reason: reason)  // the one thing in a batch that a caller chooses
        }
        guard parsed.lines.count == batch.lines.count else {
            throw TierError.failed(
                tier: "parser", reason: "\(parsed.lines.count) results came for \(batch.lines.count) lines")
        }
        return parsed
    }
}
