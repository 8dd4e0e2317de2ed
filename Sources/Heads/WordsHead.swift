internal import Foundation

/// Multinomial logistic regression over the words of a text and their neighbours in pairs.
///
/// Words are runs of letters or digits in lower case. A text is the vector of its terms' `(1 + log count) · idf`, of
/// length 1; terms that training never saw count for nothing.
public struct WordsHead: Sendable, Hashable {
    /// The file's name in a model's folder.
    public static let fileName = "words.tsv"

    /// One term of a text: its column and its share of the text's vector.
    public struct Entry: Sendable, Hashable {
        public let column: Int
        public let value: Float
    }

    /// By column, ascending.
    public let terms: [String]
    private let columnOfTerm: [String: Int]
    private let inverseFrequencies: [Float]
    public let classCount: Int
    /// `[terms, classes]`, then `[classes]`: the biases.
    public var parameters: [Float]

    /// A head that knows the terms of texts and has learned nothing of them.
    ///
    /// - Parameter leastTexts: in how many texts a term must be.
    public init(texts: [String], classCount: Int, leastTexts: Int) {
        var textCounts: [String: Int] = [:]
        for text in texts { for term in Set(Self.terms(of: text)) { textCounts[term, default: 0] += 1 } }
        let known = textCounts.filter { $0.value >= leastTexts }.sorted { $0.key < $1.key }
        self.init(
            terms: known.map(\.key),
            inverseFrequencies: known.map { Float(log(Double(1 + texts.count) / Double(1 + $0.value)) + 1) },
            classCount: classCount,
            parameters: [Float](repeating: 0, count: (known.count + 1) * classCount))
    }

    private init(terms: [String], inverseFrequencies: [Float], classCount: Int, parameters: [Float]) {
        self.terms = terms
        self.inverseFrequencies = inverseFrequencies
        self.classCount = classCount
        self.parameters = parameters
        columnOfTerm = Dictionary(zip(terms, 0...), uniquingKeysWith: { first, _ in first })
    }

    /// The terms of a text: its words and pairs of neighbouring words.
    static func terms(of text: String) -> [String] {
        let words = words(of: text)
        return words + zip(words, words.dropFirst()).map { $0 + " " + $1 }
    }

    private static func words(of text: some StringProtocol) -> [String] {
        text.utf8.split { !isWordByte($0) }.map { String(decoding: $0, as: UTF8.self).lowercased() }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte >= 0x80
    }

    /// A text's vector, ascending by column.
    public func vector(_ text: String) -> [Entry] {
        var counts: [Int: Float] = [:]
        for term in Self.terms(of: text) { if let column = columnOfTerm[term] { counts[column, default: 0] += 1 } }
        let entries = counts.sorted { $0.key < $1.key }.map {
            Entry(column: $0.key, value: (1 + log($0.value)) * inverseFrequencies[$0.key])
        }
        let length = entries.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
        return entries.map { Entry(column: $0.column, value: $0.value / length) }
    }

    /// The text's logits, one a class.
    public func logits(_ text: String) -> [Float] {
        var logits = Array(biases)
        for entry in vector(text) {
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
        let values = Dictionary(
            uniqueKeysWithValues: vector(parts.joined(separator: " ")).map { ($0.column, $0.value) })
        let words = parts.enumerated().flatMap { part, text in Self.words(of: text).map { (part: part, text: $0) } }
        let pairs = zip(words, words.dropFirst())
        let places =
            words.map { (term: $0.text, parts: [$0.part]) }
            + pairs.map { (term: $0.text + " " + $1.text, parts: [$0.part, $1.part]) }
        let known = places.compactMap { place in columnOfTerm[place.term].map { (column: $0, parts: place.parts) } }
        let counts = known.reduce(into: [Int: Float]()) { $0[$1.column, default: 0] += 1 }
        var sums = [Float](repeating: 0, count: parts.count)
        for (column, parts) in known {
            let weight = parameters[column * classCount + classIndex]
            let share = values[column, default: 0] * weight / (counts[column, default: 1] * Float(parts.count))
            for part in parts { sums[part] += share }
        }
        return sums
    }

    /// The logit of each class for a text of which nothing is known.
    public var biases: ArraySlice<Float> { parameters[(terms.count * classCount)...] }

    /// The file's bytes, tab-separated: a row of the biases, then a row a term: the term, its inverse frequency and its
    /// weight for each class.
    public func encoded() -> [UInt8] {
        func row(_ name: String, _ numbers: some Sequence<Float>) -> String {
            name + numbers.map { String(format: "\t%.5g", $0) }.joined() + "\n"
        }
        var text = row("", [1] + biases)
        for (column, term) in terms.enumerated() {
            let weights = parameters[column * classCount..<(column + 1) * classCount]
            text += row(term, [inverseFrequencies[column]] + weights)
        }
        return Array(text.utf8)
    }

    /// Reads the file's bytes.
    public init(encoded bytes: [UInt8], classCount: Int) throws(HeadError) {
        var terms: [String] = []
        var frequencies: [Float] = []
        var weights: [Float] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            let numbers = fields.dropFirst().compactMap { Float(String(decoding: $0, as: UTF8.self)) }
            guard fields.count == 2 + classCount, numbers.count == 1 + classCount, numbers.allSatisfy(\.isFinite)
            else {
                throw .malformed("row \(index + 1) is no term and \(1 + classCount) numbers that are finite")
            }
            terms.append(String(decoding: fields[0], as: UTF8.self))
            frequencies.append(numbers[0])
            weights += numbers.dropFirst()
        }
        guard !terms.isEmpty, terms[0].isEmpty else { throw .malformed("its first row is not that of the biases") }
        self.init(
            terms: Array(terms.dropFirst()), inverseFrequencies: Array(frequencies.dropFirst()),
            classCount: classCount, parameters: Array(weights[classCount...] + weights[..<classCount]))
    }
}
