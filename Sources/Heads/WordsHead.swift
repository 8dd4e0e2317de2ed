internal import Foundation

/// Multinomial logistic regression over the words of a text, their neighbours in pairs, pieces of them and features of
/// the line.
///
/// Words with their pairs, and pieces, are one vector each of `(1 + log count) · idf`, of length 1 and `pieceLength`;
/// terms that training never saw count for nothing. Features stand behind them, up to `featureLimit`, times `featureScale`: the
/// shorter a column, the more a weight of it costs in training.
public struct WordsHead: Sendable, Hashable {
    /// One column of a line's input.
    public struct Entry: Sendable, Hashable {
        public let column: Int
        public let value: Float
    }

    static let pieceLength: Float = 0.7
    static let featureScale: Float = 0.03
    /// Nothing counts as further out than so many deviations.
    static let featureLimit: Float = 3

    /// By column, ascending.
    public let terms: [String]
    /// By column, behind the terms.
    public let features: [ScaledFeature]
    let inverseFrequencies: [Float]
    public let classCount: Int
    /// `[terms, then features, classes]`, then `[classes]`: the biases.
    public var parameters: [Float]
    private let columnOfHash: [UInt64: Int]
    private let hasPieces: Bool

    /// A head that knows the terms of texts and has learned nothing of them.
    ///
    /// - Parameters:
    ///   - leastTexts: in how many texts a term must be.
    ///   - hasPieces: whether pieces of words are terms.
    public init(
        texts: [String], features: [ScaledFeature] = [], classCount: Int, leastTexts: Int, hasPieces: Bool = false
    ) {
        var counts: [UInt64: (term: String, texts: Int, last: Int)] = [:]
        for (index, text) in texts.enumerated() {
            let terms = TextTerms(text, hasPieces: hasPieces)
            for place in terms.places {
                let count = counts[place.hash]
                if count?.last == index { continue }
                counts[place.hash] = (count?.term ?? terms.text(at: place), (count?.texts ?? 0) + 1, index)
            }
        }
        let known = counts.values.filter { $0.texts >= leastTexts }.sorted { $0.term < $1.term }
        self.init(
            terms: known.map(\.term),
            inverseFrequencies: known.map { Float(log(Double(1 + texts.count) / Double(1 + $0.texts)) + 1) },
            features: features, classCount: classCount,
            parameters: [Float](repeating: 0, count: (known.count + features.count + 1) * classCount))
    }

    init(
        terms: [String], inverseFrequencies: [Float], features: [ScaledFeature], classCount: Int, parameters: [Float]
    ) {
        self.terms = terms
        self.inverseFrequencies = inverseFrequencies
        self.features = features
        self.classCount = classCount
        self.parameters = parameters
        columnOfHash = Dictionary(
            zip(terms.map { TextTerms.hash($0.utf8) }, 0...), uniquingKeysWith: { first, _ in first })
        hasPieces = terms.contains { $0.utf8.contains(UInt8(ascii: "*")) }
    }

    /// Columns of the input.
    public var columnCount: Int { terms.count + features.count }

    /// The logit of each class for a line of which nothing is known.
    public var biases: ArraySlice<Float> { parameters[(columnCount * classCount)...] }

    /// A line's input, ascending by column.
    ///
    /// - Parameter scaledFeatures: of the line, as ``features`` name and scale them.
    public func vector(_ text: String, scaledFeatures: [Float] = []) -> [Entry] {
        vector(TextTerms(text, hasPieces: hasPieces), scaledFeatures)
    }

    private func vector(_ terms: TextTerms, _ scaledFeatures: [Float]) -> [Entry] {
        precondition(scaledFeatures.count == features.count, "\(scaledFeatures.count) of \(features.count) features")
        var counts: [Int: (count: Float, isPiece: Bool)] = [:]
        for place in terms.places {
            if let column = columnOfHash[place.hash] { counts[column, default: (0, place.isPiece)].count += 1 }
        }
        var squares: (words: Float, pieces: Float) = (0, 0)
        let values = counts.sorted { $0.key < $1.key }.map { column, entry in
            let value = (1 + log(entry.count)) * inverseFrequencies[column]
            if entry.isPiece { squares.pieces += value * value } else { squares.words += value * value }
            return (column: column, value: value, isPiece: entry.isPiece)
        }
        let scales = (words: 1 / squares.words.squareRoot(), pieces: Self.pieceLength / squares.pieces.squareRoot())
        return values.map { Entry(column: $0.column, value: $0.value * ($0.isPiece ? scales.pieces : scales.words)) }
            + scaledFeatures.enumerated().map { Entry(column: self.terms.count + $0, value: Self.input($1)) }
    }

    private static func input(_ scaledFeature: Float) -> Float {
        min(max(scaledFeature, -featureLimit), featureLimit) * featureScale
    }

    /// The line's logits, one a class.
    public func logits(_ text: String, scaledFeatures: [Float] = []) -> [Float] {
        var logits = Array(biases)
        for entry in vector(text, scaledFeatures: scaledFeatures) {
            for index in logits.indices { logits[index] += entry.value * parameters[entry.column * classCount + index] }
        }
        return logits
    }
}

extension WordsHead {
    /// What each part of a text adds to a class's logit beyond the bias; parts are cut at white space.
    ///
    /// A pair of words counts half for each of them.
    public func contributions(of parts: [String], to classIndex: Int) -> [Float] {
        let terms = TextTerms(parts, hasPieces: hasPieces)
        let values = Dictionary(
            uniqueKeysWithValues: vector(terms, features.map { _ in 0 }).map { ($0.column, $0.value) })
        let known = terms.places.compactMap { place in
            columnOfHash[place.hash].map { (column: $0, words: place.words) }
        }
        let counts = known.reduce(into: [Int: Float]()) { $0[$1.column, default: 0] += 1 }
        var sums = [Float](repeating: 0, count: parts.count)
        for (column, words) in known {
            let weight = parameters[column * classCount + classIndex]
            let share = values[column, default: 0] * weight / (counts[column, default: 1] * Float(words.count))
            for word in words { sums[terms.partOfWord[word]] += share }
        }
        return sums
    }

    /// What each feature adds to a class's logit.
    public func contributions(ofScaledFeatures values: [Float], to classIndex: Int) -> [Float] {
        values.enumerated().map { index, value in
            Self.input(value) * parameters[(terms.count + index) * classCount + classIndex]
        }
    }
}
