internal import Foundation
internal import TocsinCore

/// Logistic regression over the words of a text and their neighbours in pairs: the baseline that learned models must
/// beat.
///
/// Words are runs of letters or digits in lower case; each text's TF-IDF vector has length 1. Multinomial loss with an
/// L2 penalty, minimised by AdaGrad over shuffled rows; the same seed gives the same weights.
struct BagOfWords {
    private var columnOfTerm: [String: Int] = [:]
    private var inverseFrequencies: [Float] = []
    /// `[terms, classes]`.
    private var weights: [Float] = []
    private var bias = [Float](repeating: 0, count: AnomalyClass.count)

    struct Settings {
        var epochs = 12
        var learningRate: Float = 0.5
        var penalty: Float = 2e-6
        /// Texts that a term must be in.
        var leastTexts = 1
        var seed = 1
    }

    /// - Parameters:
    ///   - labels: class indices.
    ///   - rowWeights: how much each text counts.
    init(texts: [String], labels: [Int], rowWeights: [Float], settings: Settings = Settings()) {
        let terms = texts.map(Self.terms)
        var textCounts: [String: Int] = [:]
        for row in terms { for term in Set(row) { textCounts[term, default: 0] += 1 } }
        for (term, count) in textCounts.sorted(by: { $0.key < $1.key }) where count >= settings.leastTexts {
            columnOfTerm[term] = inverseFrequencies.count
            inverseFrequencies.append(Float(log(Double(1 + texts.count) / Double(1 + count)) + 1))
        }
        weights = [Float](repeating: 0, count: inverseFrequencies.count * AnomalyClass.count)
        fit(terms.map(vector), labels: labels, rowWeights: rowWeights, settings: settings)
    }

    func probabilities(_ text: String) -> [Double] {
        softmax(vector(Self.terms(text))).map(Double.init)
    }

    private mutating func fit(
        _ rows: [[(column: Int, value: Float)]], labels: [Int], rowWeights: [Float], settings: Settings
    ) {
        let classCount = AnomalyClass.count
        var squares = [Float](repeating: 1e-6, count: weights.count)
        var biasSquares = [Float](repeating: 1e-6, count: classCount)
        var generator = SeededGenerator(seed: settings.seed)
        var order = Array(rows.indices)
        for _ in 0..<settings.epochs {
            order.shuffle(using: &generator)
            for row in order {
                var errors = softmax(rows[row])
                errors[labels[row]] -= 1
                for index in 0..<classCount {
                    let error = errors[index] * rowWeights[row]
                    biasSquares[index] += error * error
                    bias[index] -= settings.learningRate * error / biasSquares[index].squareRoot()
                }
                for (column, value) in rows[row] {
                    for index in 0..<classCount {
                        let place = column * classCount + index
                        let gradient = errors[index] * rowWeights[row] * value + settings.penalty * weights[place]
                        squares[place] += gradient * gradient
                        weights[place] -= settings.learningRate * gradient / squares[place].squareRoot()
                    }
                }
            }
        }
    }

    private func softmax(_ row: [(column: Int, value: Float)]) -> [Float] {
        var scores = bias
        for (column, value) in row {
            for index in scores.indices { scores[index] += value * weights[column * scores.count + index] }
        }
        let largest = scores.max() ?? 0
        let exponentials = scores.map { exp($0 - largest) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }

    private func vector(_ terms: [String]) -> [(column: Int, value: Float)] {
        var counts: [Int: Float] = [:]
        for term in terms { if let column = columnOfTerm[term] { counts[column, default: 0] += 1 } }
        let values = counts.sorted { $0.key < $1.key }.map {
            (column: $0.key, value: (1 + log($0.value)) * inverseFrequencies[$0.key])
        }
        let length = values.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
        return values.map { ($0.column, $0.value / max(length, 1e-12)) }
    }

    /// Words and pairs of neighbouring words.
    static func terms(_ text: String) -> [String] {
        let words = text.utf8.split { !Self.isWordByte($0) }.map { String(decoding: $0, as: UTF8.self).lowercased() }
        return words + zip(words, words.dropFirst()).map { $0 + " " + $1 }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }
}
