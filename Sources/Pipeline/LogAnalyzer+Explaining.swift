public import TocsinCore

extension LogAnalyzer {
    /// The most lines of one explanation: each may take as long as a hundred verdicts.
    public static let maxExplainedLines = 16

    /// Why each of `lines` has its verdict.
    ///
    /// - Parameters:
    ///   - lines: at most ``maxExplainedLines``.
    ///   - anomalyClass: what is explained; nil explains the class that each line is given.
    /// - Throws: `AnalysisError` where the model is not there, `TierError` where a tier as a whole fails.
    public func explain(
        _ lines: LineBlock, _ request: AnalysisRequest = AnalysisRequest(), of anomalyClass: AnomalyClass? = nil
    ) async throws -> LogExplanation {
        precondition(lines.count <= Self.maxExplainedLines, "\(lines.count) lines are too many to explain at once")
        let start = now()
        var stage = try await stage(request)
        let lineLimit = try await catalog.infos().parsing.maxItemBytes
        let batch = ParseBatch(lines: lines.cutting(at: lineLimit + 1), forcedLogType: request.forcedLogType)
        let parsed = try await tiers.parsing.parseWhole(batch)
        let parsingTime = now() - start
        let explanations = try await stage.explanations(of: parsed, for: anomalyClass)
        var work = stage.work
        work.parsing = parsingTime
        work.total = now() - start
        work.lines = lines.count
        return LogExplanation(lines: explanations, model: stage.answeringModel, work: work)
    }

    /// The second half of the pipeline for one request.
    func stage(_ request: AnalysisRequest) async throws -> VerdictStage {
        let infos = try await catalog.infos()
        // Texts with words left out come up once: they have a memory of their own.
        return VerdictStage(
            tiers: tiers, infos: infos, model: try infos.model(named: request.model), limits: limits(infos),
            cache: ResultCache(vectorBytes: 16 << 20, verdictBytes: 1 << 20), now: now)
    }
}
