internal import Foundation
internal import TocsinCore

extension [EvaluationReport] {
    /// The reports as one page of HTML: tables, confusion matrix, reliability and abstention of the model first named.
    public func html(title: String) -> String {
        var page = HTMLPage(title: title)
        for report in self { report.write(to: &page) }
        return page.html
    }

    /// The reports as JSON, one object a protocol.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(map(EvaluationFigures.init))) + [0x0A]
    }
}

extension EvaluationReport {
    fileprivate func write(to page: inout HTMLPage) {
        let names = AnomalyClass.allCases.map(\.name)
        page.heading("Protocol \(evaluationProtocol.rawValue): \(evaluationProtocol.summary)")
        page.table(
            [
                "model", "macro-F1 per template", "95 %", "without performance_issue", "per line", "accuracy",
                "anomaly F1", "calibration error",
            ],
            rows.map { row in
                [
                    row.name, Self.text(row.perTemplate.macroF1),
                    "\(Self.text(row.interval.lowerBound))-\(Self.text(row.interval.upperBound))",
                    Self.text(row.perTemplate.macroF1WithoutPerformance), Self.text(row.perLine.macroF1),
                    Self.text(row.perTemplate.accuracy), Self.text(row.perTemplate.binaryF1),
                    row.perTemplate.calibrationError.map(Self.text) ?? "-",
                ]
            })
        page.charts([
            .bars(
                rows.map { ($0.name, $0.perTemplate.macroF1) },
                caption: "Macro-F1 over the classes, each template counting once", digits: 3)
        ])
        guard let model = rows.first else { return }
        page.subheading("\(model.name) by class")
        page.table(
            ["class", "precision", "recall", "F1", "support"],
            zip(names, model.perTemplate.classes).map { name, score in
                [name, Self.text(score.precision), Self.text(score.recall), Self.text(score.f1), "\(score.support)"]
            })
        page.subheading("\(model.name): which class was taken for which")
        page.confusion(model.perTemplate.confusion, names: names)
        page.subheading("What \(model.name)'s confidence is worth")
        let largest = Double(model.curves.reliability.map(\.count).max() ?? 1)
        page.charts([
            .curve(
                model.curves.reliability.map { ($0.confidence, $0.accuracy) },
                sizes: model.curves.reliability.map { Double($0.count) / largest }, isDiagonalShown: true,
                labels: ("confidence", "share that is right"),
                caption: "Reliability: points on the dashed line are confidences that hold; larger points are of more "
                    + "templates"),
            .curve(
                model.curves.abstention.map { ($0.share, $0.accuracy) },
                range: 0.5...1, labels: ("share that is answered, the surest first", "share of it that is right"),
                caption: "Abstention: how often the model is right where it keeps silent on what it is least sure of"),
        ])
    }

    private static func text(_ value: Double) -> String { String(format: "%.3f", value) }
}

/// A report as programs read it.
private struct EvaluationFigures: Codable {
    struct Model: Codable {
        struct Class: Codable {
            var name: String
            var precision: Double
            var recall: Double
            var f1: Double
            var support: Int
        }

        var name: String
        var macroF1: Double
        var macroF1Interval: [Double]
        var macroF1WithoutPerformanceIssue: Double
        var macroF1PerLine: Double
        var accuracy: Double
        var anomalyF1: Double
        var calibrationError: Double?
        var classes: [Class]
        var confusion: [[Int]]
        var curves: ConfidenceCurves
    }

    var evaluationProtocol: String
    var summary: String
    var models: [Model]

    init(_ report: EvaluationReport) {
        evaluationProtocol = report.evaluationProtocol.rawValue
        summary = report.evaluationProtocol.summary
        models = report.rows.map { row in
            Model(
                name: row.name, macroF1: row.perTemplate.macroF1,
                macroF1Interval: [row.interval.lowerBound, row.interval.upperBound],
                macroF1WithoutPerformanceIssue: row.perTemplate.macroF1WithoutPerformance,
                macroF1PerLine: row.perLine.macroF1, accuracy: row.perTemplate.accuracy,
                anomalyF1: row.perTemplate.binaryF1, calibrationError: row.perTemplate.calibrationError,
                classes: zip(AnomalyClass.allCases, row.perTemplate.classes).map { anomalyClass, score in
                    Model.Class(
                        name: anomalyClass.name, precision: score.precision, recall: score.recall, f1: score.f1,
                        support: score.support)
                },
                confusion: row.perTemplate.confusion, curves: row.curves)
        }
    }

    enum CodingKeys: String, CodingKey {
        case evaluationProtocol = "protocol"
        case summary, models
    }
}
