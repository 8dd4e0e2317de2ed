internal import JSONText
internal import Pipeline
internal import TocsinCore

/// What `POST /api/analyze` says of a set of verdicts as a whole.
struct AnalysisStatistics: Sendable {
    private let model: ModelInfo
    private let summary: AnalysisSummary
    private let confidences: [Float]

    init(_ analysis: Analysis) {
        model = analysis.model
        summary = analysis.summary
        confidences = analysis.lines.compactMap { result in
            guard case .success(let line) = result else { return nil }
            return line.prediction.confidence
        }
    }

    private var normals: Int { summary.count(of: .normal) }

    /// 0 where no line has a verdict.
    private var averageConfidence: Double {
        confidences.isEmpty ? 0 : confidences.reduce(0) { $0 + Double($1) } / Double(confidences.count)
    }

    /// The documented `analysis` object.
    func write(to json: inout JSONWriter) {
        json.object { json in
            writeDistribution(to: &json)
            json.member("anomaly_count", summary.verdicts - normals)
            json.member("normal_count", normals)
            json.member("anomaly_rate", summary.anomalyRate)
            json.member("average_confidence", averageConfidence)
            json.member("min_confidence", confidences.min() ?? 0)
            json.member("max_confidence", confidences.max() ?? 0)
        }
    }

    /// An element of the documented `comparison`.
    func writeComparison(to json: inout JSONWriter) {
        json.object { json in
            json.member("model", model.name)
            json.member("anomaly_count", summary.verdicts - normals)
            json.member("anomaly_rate", summary.anomalyRate)
            writeDistribution(to: &json)
            json.member("average_confidence", averageConfidence)
        }
    }

    private func writeDistribution(to json: inout JSONWriter) {
        json.object("class_distribution") { json in
            for anomalyClass in AnomalyClass.allCases where summary.count(of: anomalyClass) > 0 {
                json.member(anomalyClass.name, summary.count(of: anomalyClass))
            }
        }
    }
}
