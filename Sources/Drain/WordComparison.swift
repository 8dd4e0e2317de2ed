/// Where a message differs from a template, and how many different words must have been seen there to believe that
/// the place is variable.
struct TemplateDifference {
    struct Place {
        /// Index of the template's word.
        var word: Int
        /// Where the message's word starts, which tells places of templates of several lengths apart.
        var start: Int32
        var evidence: Evidence
    }

    /// What a word that is one mask counts in the similarity, beside 1 for a constant one.
    static let maskWeight = 0.3

    var places: [Place] = []
    /// The part of the words that are equal, in 0...1.
    var similarity = 1.0
}

/// How sure one must be that a place is variable before two words are joined there.
enum Evidence: Int, Comparable {
    /// The words look like values: two are enough.
    case values
    /// Names with points, words in brackets: a third one shows it.
    case names
    /// Plain words, which are mostly part of the event.
    case plainWords

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Words behind which a name is to be expected.
enum NameContext {
    static func contains(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= 9 && words.contains(String(decoding: word, as: UTF8.self).lowercased())
    }

    private static let words: Set<String> = ["user", "username", "account", "host", "hostname", "named", "login"]
}

/// How a word of a template and one of a message, of unequal shapes, compare.
struct WordComparison {
    /// The part of a whole word that the two share, in 0...1.
    private(set) var credit = 0.0
    /// Nil for words that must not be joined.
    private(set) var evidence: Evidence?

    init(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) {
        let (leftPieces, rightPieces) = (WordMerge.pieces(of: left), WordMerge.pieces(of: right))
        var needed = Evidence.values
        var shared = 0
        if leftPieces.count == rightPieces.count {
            for index in leftPieces.indices {
                let (one, other) = (leftPieces[index], rightPieces[index])
                if one == other {
                    if Self.hasLetter(one) { shared += one.count }
                    continue
                }
                let before = index > 0 ? leftPieces[index - 1].first : nil
                let after = index + 1 < leftPieces.count ? leftPieces[index + 1].first : nil
                guard let evidence = Self.evidence(one, other, after: before, before: after) else { return }
                needed = max(needed, evidence)
            }
        } else {
            let head = zip(leftPieces, rightPieces).prefix { $0 == $1 }
            shared = head.reduce(0) { $0 + (Self.hasLetter($1.0) ? $1.0.count : 0) }
            let tail = zip(leftPieces.dropFirst(head.count).reversed(), rightPieces.dropFirst(head.count).reversed())
                .prefix { $0 == $1 }.count
            let middles = [leftPieces, rightPieces].map { $0.dropFirst(head.count).dropLast(tail) }
            let isListOfValues = middles.allSatisfy { middle in
                middle.allSatisfy { Self.hasDigit($0) || WordMerge.isSeparator($0) }
            }
            let last = head.last?.0.first
            let isValue = last == UInt8(ascii: "=") || last == UInt8(ascii: "\"")
            let areNumbered = Self.hasDigit(left) && Self.hasDigit(right) && (shared > 0 || !Self.hasLetter(left))
            needed = isValue || isListOfValues || areNumbered ? .values : .names
        }
        evidence = needed
        credit = shared > 1 ? 0.7 : 0
    }

    private static func evidence(
        _ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>, after separator: UInt8?, before next: UInt8?
    ) -> Evidence? {
        if WordMerge.isSeparator(left) || WordMerge.isSeparator(right) { return .names }
        if hasDigit(left), hasDigit(right) { return .values }
        if !hasMask(left), !hasMask(right), Opposites.contains(left, right) { return nil }
        switch separator {
        case UInt8(ascii: "="): return .values
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return next == separator ? .values : .plainWords
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"), UInt8(ascii: ":"):
            return .names
        default: break
        }
        if hasMask(left) || hasMask(right) { return .names }
        let isCompound = { (piece: ArraySlice<UInt8>) in
            piece.dropLast().contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        }
        return isCompound(left) && isCompound(right) ? .names : .plainWords
    }

    /// True for a piece with a digit or a mask.
    private static func hasDigit(_ piece: ArraySlice<UInt8>) -> Bool {
        piece.contains { $0 == MaskedMessage.maskByte || $0 &- 48 < 10 }
    }

    private static func hasMask(_ piece: ArraySlice<UInt8>) -> Bool { piece.contains(MaskedMessage.maskByte) }

    private static func hasLetter(_ piece: ArraySlice<UInt8>) -> Bool {
        piece.contains { $0 != MaskedMessage.maskByte && ByteClass.table[Int($0)].contains(.letter) }
    }
}
