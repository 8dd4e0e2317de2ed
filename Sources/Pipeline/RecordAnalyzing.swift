public import TocsinCore

/// What judges records: engines in this process, services, or an edge elsewhere.
public protocol RecordAnalyzing: Sendable {
    /// Analyses what `read` yields until it yields nil, in memory that does not grow with the input.
    ///
    /// - Parameters:
    ///   - read: the next records, any number of them; called by one task at a time, ahead of what is emitted.
    ///   - emit: takes each chunk's verdicts, in input order.
    /// - Returns: the analysis as a whole, with an empty `lines`.
    func analyze(
        _ request: AnalysisRequest, reading read: @escaping @Sendable () async throws -> LineBlock?,
        emit: (AnalyzedChunk) async throws -> Void
    ) async throws -> Analysis
}

extension LogAnalyzer: RecordAnalyzing {}
