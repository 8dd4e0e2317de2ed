internal import Foundation
internal import Heads
internal import TocsinCore

/// Trains the words head: the baseline that every model stands beside, and the model `words`.
struct WordsFit {
    /// Texts that a term must be in.
    var leastTexts = 2
    /// How strongly weights are held at 0: the loss counts this much more than half their squares (as `C` in
    /// scikit-learn).
    var inversePenalty = 30.0
    var weighting = RowWeighting(classBalance: 0.5, templateBalance: 1)

    /// Learns from lines, each different text once.
    func train(_ prepared: PreparedLines, lines: [Int], labels: [Int]) throws -> WordsHead {
        let rows = try TrainingRows(prepared, lines: lines, labels: labels, weighting: weighting)
        return train(
            texts: rows.lineOfRow.map { prepared.texts[prepared.textOfLine[$0]] }, labels: rows.labels,
            rowWeights: rows.weights)
    }

    /// What a head that learned from a split's training lines says of its test lines.
    func verdicts(_ number: Int, _ split: Split, _ prepared: PreparedLines) throws -> [TemplateVerdict] {
        let head = try train(prepared, lines: split.training, labels: prepared.lines.map(\.label.rawValue))
        return split.verdicts(number, of: prepared.lines, margins: head.margins(split.test, of: prepared))
    }

    /// Minimises the weighted cross-entropy and half the weights' squares over `inversePenalty`; biases are free.
    func train(texts: [String], labels: [Int], rowWeights: [Float]) -> WordsHead {
        var head = WordsHead(texts: texts, classCount: AnomalyClass.count, leastTexts: leastTexts)
        let vectors = texts.map(head.vector)
        let classCount = head.classCount
        let total = rowWeights.reduce(0.0) { $0 + Double($1) }
        let penalty = 1 / (inversePenalty * total)
        let biases = head.terms.count * classCount
        head.parameters = LimitedMemoryBFGS().minimum(from: head.parameters) { parameters, gradient in
            var loss = 0.0
            for index in 0..<biases {
                loss += 0.5 * penalty * Double(parameters[index] * parameters[index])
                gradient[index] = Float(penalty) * parameters[index]
            }
            for index in biases..<gradient.count { gradient[index] = 0 }
            var scores = [Float](repeating: 0, count: classCount)
            for (row, vector) in vectors.enumerated() {
                for index in 0..<classCount { scores[index] = parameters[biases + index] }
                for entry in vector {
                    for index in 0..<classCount {
                        scores[index] += entry.value * parameters[entry.column * classCount + index]
                    }
                }
                let weight = rowWeights[row] / Float(total)
                let largest = scores.max() ?? 0
                let sum = scores.reduce(0) { $0 + exp($1 - largest) }
                loss -= Double(weight * (scores[labels[row]] - largest - log(sum)))
                for index in 0..<classCount {
                    let error = weight * (exp(scores[index] - largest) / sum - (index == labels[row] ? 1 : 0))
                    scores[index] = error
                    gradient[biases + index] += error
                }
                for entry in vector {
                    for index in 0..<classCount {
                        gradient[entry.column * classCount + index] += scores[index] * entry.value
                    }
                }
            }
            return loss
        }
        return head
    }
}

extension WordsHead {
    /// The margins of lines, `[lines, classes]`; lines with the same text are computed once.
    func margins(_ lines: [Int], of prepared: PreparedLines) -> [Float] {
        var known: [Int: [Float]] = [:]
        return lines.flatMap { line in
            let text = prepared.textOfLine[line]
            let margins = known[text] ?? logits(prepared.texts[text])
            known[text] = margins
            return margins
        }
    }
}
