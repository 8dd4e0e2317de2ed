/// What a words head reads of a text: its words, pairs of neighbouring words and, if asked for, pieces of words.
///
/// Words are runs of letters or digits in lower case. A pair is written with a space, a piece as it would be searched
/// for: `err*` begins a word, `*ror` ends one, `*rro*` stands within. Pieces are 2 to 5 characters long, where the
/// beginning and the end of a word count as one (the `char_wb` of scikit-learn).
struct TextTerms {
    /// One place of a term in the text.
    struct Place {
        /// Of the term as it is written, by ``hash(_:)``.
        let hash: UInt64
        let isPiece: Bool
        /// The first and the last word that the term covers.
        let words: ClosedRange<Int>
        /// What of the last word it covers, in bytes.
        fileprivate let bytes: Range<Int>
        /// Whether a piece says that a word begins or ends with it.
        fileprivate var beginsWord = true, endsWord = true
    }

    /// Each in UTF-8.
    private let words: [[UInt8]]
    /// The part of the text that each word stands in.
    let partOfWord: [Int]
    private(set) var places: [Place] = []

    /// - Parameter parts: of the text; no word reaches over the border of two.
    init(_ parts: some Sequence<some StringProtocol>, hasPieces: Bool) {
        let wordsOfPart = parts.map { Self.words(of: $0) }
        words = wordsOfPart.flatMap { $0 }
        partOfWord = wordsOfPart.enumerated().flatMap { part, words in words.map { _ in part } }
        addWords()
        if hasPieces { for index in words.indices { addPieces(of: index) } }
    }

    init(_ text: String, hasPieces: Bool) { self.init(CollectionOfOne(text), hasPieces: hasPieces) }

    /// The term at a place as it is written.
    func text(at place: Place) -> String {
        let word = words[place.words.upperBound]
        let text = String(decoding: word[place.bytes], as: UTF8.self)
        guard place.isPiece else {
            return place.words.count == 1
                ? text : String(decoding: words[place.words.lowerBound], as: UTF8.self) + " " + text
        }
        return (place.beginsWord ? "" : "*") + text + (place.endsWord ? "" : "*")
    }

    /// FNV-1a of a term's UTF-8 (Fowler, Noll and Vo).
    static func hash(_ term: some Sequence<UInt8>) -> UInt64 {
        var hash = start
        for byte in term { add(byte, to: &hash) }
        return hash
    }

    private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func add(_ byte: UInt8, to hash: inout UInt64) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    private static func words(of text: some StringProtocol) -> [[UInt8]] {
        text.utf8.split { !isWordByte($0) }.map { word in
            word.allSatisfy { $0 < 0x80 }
                ? word.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }
                : Array(String(decoding: word, as: UTF8.self).lowercased().utf8)
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte >= 0x80
    }

    private mutating func addWords() {
        for (index, word) in words.enumerated() {
            places.append(
                Place(hash: Self.hash(word), isPiece: false, words: index...index, bytes: 0..<word.count))
            guard index > 0 else { continue }
            var hash = Self.hash(words[index - 1])
            Self.add(UInt8(ascii: " "), to: &hash)
            for byte in word { Self.add(byte, to: &hash) }
            places.append(Place(hash: hash, isPiece: false, words: index - 1...index, bytes: 0..<word.count))
        }
    }

    private mutating func addPieces(of index: Int) {
        let word = words[index]
        // A byte 10xxxxxx goes on with the character before it.
        var starts = word.indices.filter { word[$0] & 0xC0 != 0x80 }
        starts.append(word.count)
        /// Characters, the beginning and the end of the word among them.
        let length = starts.count + 1
        for first in 0..<length {
            for end in first + 2..<first + 6 where end <= length && end - first < length {
                let bytes = starts[max(first, 1) - 1]..<starts[min(end, length - 1) - 1]
                var hash = Self.start
                if first > 0 { Self.add(UInt8(ascii: "*"), to: &hash) }
                for byte in word[bytes] { Self.add(byte, to: &hash) }
                if end < length { Self.add(UInt8(ascii: "*"), to: &hash) }
                places.append(
                    Place(
                        hash: hash, isPiece: true, words: index...index, bytes: bytes, beginsWord: first == 0,
                        endsWord: end == length))
            }
        }
    }
}
