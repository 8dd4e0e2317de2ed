internal import GRPCCore
internal import Pipeline
internal import ServiceKit
internal import TocsinCore
internal import WireMessages

/// `tocsin.edge.v1.Analyzer`: whole analyses for other services.
struct AnalyzerService: RegistrableRPCService {
    let analyzer: LogAnalyzer
    let tiers: Tiers
    let metrics: EdgeMetrics
    let redactor: Redactor

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.unary(.analyze) { try await analyze($0) }
        router.stream(.analyzeStream) { try await analyze($0) }
        router.unary(.info(of: WireService.analyzer)) { _ in try await info() }
    }

    private func analyze(_ batch: AnalyzeBatch) async throws -> AnalyzedBatch {
        do {
            let request = AnalysisRequest(model: batch.model, forcedLogType: batch.forcedLogType)
            let analysis = try await analyzer.analyze(batch.lines, request)
            metrics.analysed(analysis)
            CallContext.current?.countItems(in: analysis.lines)
            return AnalyzedBatch(analysis, redactor)
        } catch let error as AnalysisError {
            throw RPCError(error)
        }
    }

    /// The edge takes what the parser takes, and answers by the classifier's models.
    private func info() async throws -> TierInfo {
        async let parser = tiers.parsing.info()
        async let classifier = tiers.classifying.info()
        return try await TierInfo(
            tier: "edge", version: ProgramVersion.current, maxBatchItems: 1_000_000,
            maxItemBytes: parser.maxItemBytes, maxMessageBytes: RPCLimits.messageBytes, models: classifier.models)
    }
}

extension RPCError {
    fileprivate init(_ error: AnalysisError) {
        let code: RPCError.Code =
            switch error {
            case .unknownModel, .unknownLogType: .invalidArgument
            case .noActiveModel: .unavailable
            }
        self.init(code: code, message: error.description)
    }
}

extension AnalyzedBatch {
    fileprivate init(_ analysis: Analysis, _ redactor: Redactor) {
        let summary = analysis.summary
        self.init(
            lines: analysis.lines.map { result in
                result.map(redactor.verdict).map { line in
                    AnalyzedLine(
                        logType: line.parsed.logType, timestamp: line.parsed.timestamp, level: line.parsed.level,
                        content: line.parsed.content, template: line.parsed.template.text,
                        templateID: line.parsed.template.id, prediction: line.prediction)
                }
            },
            model: analysis.model,
            classes: AnomalyClass.allCases.filter { summary.count(of: $0) > 0 }.map {
                Count(name: $0.name, count: summary.count(of: $0))
            },
            logTypes: summary.logTypeCounts.map { Count(name: $0.logType, count: $0.count) },
            anomalyRate: summary.anomalyRate)
    }
}
