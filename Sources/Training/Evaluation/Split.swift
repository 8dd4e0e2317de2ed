internal import Classification
internal import Foundation
internal import TocsinCore

/// The ways of holding lines out (`T`, `S`, `F` and the random split).
public enum EvaluationProtocol: String, Sendable, CaseIterable {
    /// Five folds that share no event template, near-duplicates in one fold; the corpus in training.
    case templates = "T"
    /// Four groups of four LogHub sources; corpus systems that are kin of a held-out source left out.
    case sources = "S"
    /// Lines of a labelled file, trained on everything.
    case field = "F"
    /// Five folds of lines at random: it measures memory, as the label is a function of the template.
    case random

    /// What is held out, in a few words.
    public var summary: String {
        switch self {
        case .templates: "5 folds of LogHub, disjoint in event templates; corpus in training"
        case .sources: "4 groups of LogHub sources held out; corpus in training without their kin"
        case .field: "the lines of a labelled file; LogHub and corpus in training"
        case .random: "5 folds of LogHub lines at random: measures memory"
        }
    }
}

/// Lines to train on and lines to score, by their indices.
struct Split: Sendable {
    var name: String
    var training: [Int]
    var test: [Int]

    /// What a model says of the test lines' templates.
    ///
    /// - Parameters:
    ///   - number: of this split among its protocol's.
    ///   - margins: of the test lines in their order, `[lines, classes]`, by a model that was trained on the training
    ///     lines alone.
    func verdicts(_ number: Int, of all: [LabelledLine], margins: [Float]) -> [TemplateVerdict] {
        let plain = Calibration(temperature: 1)
        return TemplateVerdict.gather(
            lines: test, of: all,
            probabilities: test.indices.map { row in
                plain.probabilities(ofMargins: margins[row * AnomalyClass.count..<(row + 1) * AnomalyClass.count])
                    .map(Double.init)
            }, split: number)
    }
}

/// Makes the splits of a protocol over labelled lines.
struct SplitMaker {
    let lines: [LabelledLine]
    let templates: [LogHub.Template]
    /// The LogHub sources that corpus systems are kin of.
    let kin: [String: Set<String>]
    let seed: Int

    static let sourceGroups = [
        ["Android", "Apache", "BGL", "HDFS"], ["HPC", "Hadoop", "HealthApp", "Linux"],
        ["Mac", "OpenSSH", "OpenStack", "Proxifier"], ["Spark", "Thunderbird", "Windows", "Zookeeper"],
    ]

    func splits(_ evaluationProtocol: EvaluationProtocol) -> [Split] {
        switch evaluationProtocol {
        case .templates: templateSplits(5)
        case .sources: sourceSplits()
        case .field:
            [Split(name: "field", training: indices { $0.origin != .field }, test: indices { $0.origin == .field })]
        case .random: randomSplits(5)
        }
    }

    private func indices(where isChosen: (LabelledLine) -> Bool) -> [Int] {
        lines.indices.filter { isChosen(lines[$0]) }
    }

    private func templateSplits(_ count: Int) -> [Split] {
        let folds = TemplateGroups(templates.map(\.text))
            .folds(count, labels: templates.map(\.label.rawValue), seed: seed)
        let foldOfTemplate = Dictionary(uniqueKeysWithValues: zip(templates.map(\.id), folds))
        return foldSplits(count) { line in line.templateID.flatMap { foldOfTemplate[$0] } }
    }

    private func randomSplits(_ count: Int) -> [Split] {
        var generator = SeededGenerator(seed: seed)
        let folds = lines.map { _ in Int.random(in: 0..<count, using: &generator) }
        return (0..<count).map { fold in
            Split(
                name: "\(fold + 1)",
                training: lines.indices.filter { lines[$0].origin == .loghub && folds[$0] != fold },
                test: lines.indices.filter { lines[$0].origin == .loghub && folds[$0] == fold })
        }
    }

    private func foldSplits(_ count: Int, fold: (LabelledLine) -> Int?) -> [Split] {
        (0..<count).map { index in
            Split(
                name: "\(index + 1)",
                training: indices { $0.origin == .corpus || $0.origin == .loghub && fold($0) != index },
                test: indices { $0.origin == .loghub && fold($0) == index })
        }
    }

    private func sourceSplits() -> [Split] {
        Self.sourceGroups.map { group in
            let held = Set(group)
            return Split(
                name: group.joined(separator: " "),
                training: indices { line in
                    switch line.origin {
                    case .loghub: !held.contains(line.system)
                    case .corpus: kin[line.system, default: []].isDisjoint(with: held)
                    case .field: false
                    }
                },
                test: indices { $0.origin == .loghub && held.contains($0.system) })
        }
    }
}
