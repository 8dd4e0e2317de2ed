internal import Foundation
internal import Heads
internal import LineFeatures
internal import TocsinCore

/// Trains a words head.
struct WordsFit {
    /// Whether the head reads pieces of words and line features beside words and their pairs.
    var readsMore: Bool
    /// Texts that a term must be in.
    var leastTexts = 2
    /// How strongly weights are held at 0: the loss counts this much more than half their squares (as `C` in
    /// scikit-learn).
    var inversePenalty: Double
    var weighting: RowWeighting

    /// The baseline that every model stands beside: words and pairs of them alone.
    static let bagOfWords = WordsFit(
        readsMore: false, inversePenalty: 30, weighting: RowWeighting(originBalance: 0))
    /// The model `words`. LogHub, which is fewer texts than the corpus, counts as much.
    static let model = WordsFit(
        readsMore: true, inversePenalty: 10, weighting: RowWeighting())

    /// Learns from lines, each different text once.
    func train(_ prepared: PreparedLines, lines: [Int], labels: [Int]) throws -> WordsHead {
        let rows = try TrainingRows(prepared, lines: lines, labels: labels, weighting: weighting)
        let features = readsMore ? prepared.measured(LineFeature.allCases, in: rows.lineOfRow) : []
        return train(
            texts: rows.lineOfRow.map { prepared.texts[prepared.textOfLine[$0]] }, features: features,
            scaledFeatures: rows.lineOfRow.map { prepared.scaled(features, of: $0) },
            labels: rows.labels, rowWeights: rows.weights)
    }

    /// What a head that learned from a split's training lines says of its test lines.
    func verdicts(_ number: Int, _ split: Split, _ prepared: PreparedLines) throws -> [TemplateVerdict] {
        let head = try train(prepared, lines: split.training, labels: prepared.lines.map(\.label.rawValue))
        return split.verdicts(number, of: prepared.lines, margins: head.margins(split.test, of: prepared))
    }

    /// Minimises the weighted cross-entropy and half the weights' squares over `inversePenalty`; biases are free.
    ///
    /// - Parameter scaledFeatures: of each text, as `features` name and scale them.
    func train(
        texts: [String], features: [ScaledFeature] = [], scaledFeatures: [[Float]]? = nil, labels: [Int],
        rowWeights: [Float]
    ) -> WordsHead {
        var head = WordsHead(
            texts: texts, features: features, classCount: AnomalyClass.count, leastTexts: leastTexts,
            hasPieces: readsMore)
        let rows = SparseRows(
            texts.indices.map { head.vector(texts[$0], scaledFeatures: scaledFeatures?[$0] ?? []) })
        let total = rowWeights.reduce(0.0) { $0 + Double($1) }
        let loss = LogisticLoss(
            rows: rows, labels: labels, weights: rowWeights.map { $0 / Float(total) }, classCount: head.classCount,
            penalty: Float(1 / (inversePenalty * total)))
        head.parameters = LimitedMemoryBFGS().minimum(from: head.parameters, loss.value)
        return head
    }
}

extension WordsHead {
    /// The margins of lines, `[lines, classes]`; lines with the same input are computed once.
    func margins(_ lines: [Int], of prepared: PreparedLines) -> [Float] {
        var known: [String: [[Float]: [Float]]] = [:]
        return lines.flatMap { line in
            let text = prepared.texts[prepared.textOfLine[line]]
            let scaled = prepared.scaled(features, of: line)
            let margins = known[text]?[scaled] ?? logits(text, scaledFeatures: scaled)
            known[text, default: [:]][scaled] = margins
            return margins
        }
    }
}
