internal import Foundation
internal import TocsinCore

/// A model text as words: what white space cuts it into.
struct WordText {
    let words: [String]

    /// An encoder reads 128 tokens, so no word after the 128th changes a verdict.
    static let mostWordsRead = 128

    init(_ text: String) { words = text.split(whereSeparator: \.isWhitespace).map(String.init) }

    /// The words that an encoder may read.
    var readCount: Int { min(words.count, Self.mostWordsRead) }

    /// The text that remains without some of its words.
    func without(_ removed: Set<Int>) -> String {
        words.indices.filter { !removed.contains($0) }.map { words[$0] }.joined(separator: " ")
    }

    /// The sum of the tokens' values of each word.
    ///
    /// WordPiece makes a word's tokens of its small letters without accents, one after the other; `[UNK]` stands for all
    /// that is between two marks of punctuation.
    func contributions(of attribution: TextAttribution) -> [WordContribution] {
        var sums = [Double](repeating: 0, count: words.count)
        var rests = words.map { Self.folded($0)[...] }
        var word = 0
        for (token, value) in zip(attribution.tokens, attribution.values) {
            guard token != "[CLS]", token != "[SEP]" else { continue }
            while word < words.count - 1, rests[word].isEmpty { word += 1 }
            guard word < words.count else { break }
            let piece = token.hasPrefix("##") && token.count > 2 ? token.dropFirst(2) : token[...]
            if rests[word].hasPrefix(piece) {
                rests[word].removeFirst(piece.count)
            } else if token == "[UNK]" {
                let isMark = rests[word].first.map(Self.isPunctuation) ?? false
                rests[word] = isMark ? rests[word].dropFirst() : rests[word].drop { !Self.isPunctuation($0) }
            } else if word + 1 < words.count, rests[word + 1].hasPrefix(piece) {
                word += 1
                rests[word].removeFirst(piece.count)
            } else {
                rests[word] = rests[word].dropFirst(piece.count)
            }
            sums[word] += Double(value)
        }
        return zip(words, sums).map { WordContribution($0, $1) }
    }

    private static func folded(_ word: String) -> String {
        let scalars = word.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars.filter { scalar in
            ![.nonspacingMark, .control, .format].contains(scalar.properties.generalCategory)
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func isPunctuation(_ character: Character) -> Bool {
        character.isASCII ? !character.isLetter && !character.isNumber : character.isPunctuation
    }
}
