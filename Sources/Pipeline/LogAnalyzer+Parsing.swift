public import TocsinCore

extension LogAnalyzer {
    /// What the parsing tier alone says of `lines`, in their order.
    ///
    /// - Throws: `TierError` where the tier as a whole fails.
    public func parse(_ lines: LineBlock, forcedLogType: String? = nil) async throws -> [ItemResult<ParsedLine>] {
        let info = try await tiers.parsing.info()
        let ranges = lines.batches(
            maxItems: max(1, min(options.chunkLines, info.maxBatchItems)), maxBytes: options.chunkBytes)
        let parsing = tiers.parsing
        let batches = try await ranges.concurrentMap(limit: options.concurrentCalls) { range in
            let block = lines.block(of: range).cutting(at: info.maxItemBytes + 1)
            let parsed = try await parsing.parse(ParseBatch(lines: block, forcedLogType: forcedLogType))
            guard parsed.lines.count == range.count else {
                throw TierError.failed(
                    tier: "parser", reason: "\(parsed.lines.count) results came for \(range.count) lines")
            }
            return parsed.lines
        }
        return batches.flatMap(\.self)
    }

    /// Forgets what the tiers said of themselves, as after a model was activated.
    public func forgetTiers() async { await catalog.forget() }
}
