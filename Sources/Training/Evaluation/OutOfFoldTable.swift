public import Classification
internal import Foundation
public import TocsinCore

/// The file of a model's verdicts on templates that it was not trained on: from it every table is made anew without
/// training.
///
/// Tab-separated with a header: protocol, split, template, class index, seven probabilities that are not calibrated,
/// seven counts of lines.
public struct OutOfFoldTable: Sendable, Hashable {
    /// The file's name in a model's folder.
    ///
    /// - Parameter precision: of the vectors that the models were asked with; all are trained on fp32.
    static func fileName(_ precision: EncoderPrecision = .fp32) -> String {
        switch precision {
        case .fp32: "out_of_fold.tsv"
        case .int8: "out_of_fold_int8.tsv"
        }
    }

    public var verdicts: [EvaluationProtocol: [TemplateVerdict]] = [:]

    public init() {}

    /// What is recorded in a model's folder; nothing where the file is missing.
    ///
    /// - Parameter precision: as of ``fileName(_:)``.
    public init(
        of model: ModelName, in modelsDirectory: String, _ precision: EncoderPrecision = .fp32
    ) throws(DataError) {
        try self.init(ifThereAt: Self.path(of: model, in: modelsDirectory, precision))
    }

    /// Where a model's verdicts are.
    public static func path(
        of model: ModelName, in modelsDirectory: String, _ precision: EncoderPrecision = .fp32
    ) -> String { "\(modelsDirectory)/\(model.rawValue)/\(fileName(precision))" }

    /// Where those of the bag of words are, which every model is compared with: beside the verdicts of `words`.
    public static func bagOfWordsPath(in modelsDirectory: String) -> String {
        "\(modelsDirectory)/\(ModelName.words.rawValue)/bag_of_words.tsv"
    }

    /// What a file records; nothing where it is missing.
    public init(ifThereAt path: String) throws(DataError) {
        self = FileManager.default.fileExists(atPath: path) ? try OutOfFoldTable(path: path) : OutOfFoldTable()
    }

    public init(path: String) throws(DataError) {
        let file = try TextFile(path)
        for index in file.lines.indices.dropFirst() {
            let fields = try file.tabSeparated(index, count: 4 + 2 * AnomalyClass.count).map { String(bytes: $0) }
            let probabilities = fields[4..<4 + AnomalyClass.count].compactMap(Double.init)
            let counts = fields[(4 + AnomalyClass.count)...].compactMap { Int($0) }
            guard let evaluationProtocol = EvaluationProtocol(rawValue: fields[0]),
                let split = Int(fields[1]), let label = Int(fields[3]), AnomalyClass(rawValue: label) != nil,
                probabilities.count == AnomalyClass.count, counts.count == AnomalyClass.count
            else { throw file.malformed(index, "it is no protocol, split, template, class, probabilities and counts") }
            verdicts[evaluationProtocol, default: []].append(
                TemplateVerdict(
                    id: fields[2], split: split, label: label, probabilities: probabilities, lineCounts: counts))
        }
    }

    /// What suits the verdicts on unseen templates best; 1 where there are none.
    var temperature: Double {
        guard let verdicts = verdicts[.templates] else { return 1 }
        return (verdicts.calibration.temperature * 10_000).rounded() / 10_000
    }

    public func write(to path: String) throws {
        let classes = AnomalyClass.allCases.map(\.name)
        var text =
            (["protocol", "split", "template", "class"] + classes.map { "p_" + $0 } + classes.map { "lines_" + $0 })
            .joined(separator: "\t") + "\n"
        for (evaluationProtocol, verdicts) in verdicts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for verdict in verdicts {
                let fields =
                    [evaluationProtocol.rawValue, "\(verdict.split)", verdict.id, "\(verdict.label)"]
                    + verdict.probabilities.map { String(format: "%.4g", $0) } + verdict.lineCounts.map(String.init)
                text += fields.joined(separator: "\t") + "\n"
            }
        }
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    }
}
