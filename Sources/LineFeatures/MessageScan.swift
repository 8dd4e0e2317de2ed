/// Everything that the line features need of a message, gathered in one pass over its bytes.
///
/// A keyword is a run of ASCII letters of any case; a change of case as in `ConnectionRefused` or `IOException` ends one.
struct MessageScan {
    static let keywordCount = 7

    private(set) var length = 0
    private(set) var wordCount = 0
    private(set) var spaceCount = 0
    private(set) var digitCount = 0
    private(set) var firstDigit: Int?
    /// Where the first word of trouble begins.
    private(set) var firstTrouble: Int?
    private(set) var durationCount = 0
    private(set) var longestMilliseconds = 0.0
    /// Failure, security, performance, network, config, hardware and reassuring words.
    private(set) var keywordCounts: InlineArray<7, Int32> = .init(repeating: 0)

    /// A place in the message as a share of its length; 1 where there is no such place.
    func share(of position: Int?) -> Float {
        guard let position, length > 0 else { return 1 }
        return Float(position) / Float(length)
    }

    /// A number that a unit may follow.
    private struct PendingNumber {
        var value = 0.0
        /// The place value of the next digit behind the decimal point; 0 before one.
        var fraction = 0.0
        /// Where the number ends; -2 where none is pending.
        var end = -2
    }

    mutating func read(_ message: Span<UInt8>) {
        let table = KeywordTable.standard
        var number = PendingNumber()
        var previous = ByteClass.space
        var hash = KeywordTable.emptyHash
        // The hash without the last letter, for `IOException`: the E belongs to the next word.
        var hashBeforeLast = KeywordTable.emptyHash
        var wordLength = 0
        var lastWasUppercase = false
        length = message.count

        for position in 0..<message.count {
            let byte = message[position]
            // ASCII letters alone make keywords: folding one into lower case is a single bit.
            let folded = byte | 0x20
            if folded >= UInt8(ascii: "a"), folded <= UInt8(ascii: "z") {
                let isUppercase = byte & 0x20 == 0
                if wordLength > 0, isUppercase != lastWasUppercase {
                    if isUppercase {
                        endWord(hash, length: wordLength, at: position, number: number, in: table)
                        (hash, wordLength) = (KeywordTable.emptyHash, 0)
                    } else if wordLength > 1 {
                        endWord(hashBeforeLast, length: wordLength - 1, at: position - 1, number: number, in: table)
                        hash = KeywordTable.hash(KeywordTable.emptyHash, adding: message[position - 1] | 0x20)
                        wordLength = 1
                    }
                }
                if previous == .space { wordCount += 1 }
                hashBeforeLast = hash
                hash = KeywordTable.hash(hash, adding: folded)
                wordLength += 1
                lastWasUppercase = isUppercase
                previous = .letter
                continue
            }
            if wordLength > 0 {
                endWord(hash, length: wordLength, at: position, number: number, in: table)
                (hash, wordLength) = (KeywordTable.emptyHash, 0)
            }
            let current = ByteClass(byte)
            switch current {
            case .digit:
                if previous == .space { wordCount += 1 }
                digitCount += 1
                if firstDigit == nil { firstDigit = position }
                add(digit: Double(byte & 0x0F), at: position, to: &number)
            case .space:
                spaceCount += 1
            case .special, .letter:
                if previous == .space { wordCount += 1 }
                if byte == UInt8(ascii: "."), number.end == position, number.fraction == 0 {
                    number.fraction = 0.1
                    number.end = position + 1
                }
            }
            previous = current
        }
        if wordLength > 0 {
            endWord(hash, length: wordLength, at: message.count, number: number, in: table)
        }
    }

    @inline(__always)
    private func add(digit: Double, at position: Int, to number: inout PendingNumber) {
        if number.end != position { number = PendingNumber() }
        if number.fraction > 0 {
            number.value += digit * number.fraction
            number.fraction /= 10
        } else {
            number.value = number.value * 10 + digit
        }
        number.end = position + 1
    }

    /// Counts a word that ends before `end`, as a keyword or as the unit of the number right before it.
    @inline(__always)
    private mutating func endWord(
        _ hash: UInt32, length: Int, at end: Int, number: PendingNumber, in table: borrowing KeywordTable
    ) {
        let meaning = table.meaning(ofHash: hash)
        guard !meaning.isEmpty else { return }
        var groups = meaning.rawValue & (1 << UInt32(Self.keywordCount) - 1)
        while groups != 0 {
            keywordCounts[groups.trailingZeroBitCount] += 1
            groups &= groups - 1
        }
        if !meaning.isDisjoint(with: .adverse), firstTrouble == nil { firstTrouble = end - length }
        let gap = end - length - number.end
        if !meaning.isDisjoint(with: .unit), gap == 0 || gap == 1 {
            durationCount += 1
            // A value that no clock shows is cut at 30 years.
            longestMilliseconds = max(longestMilliseconds, min(number.value * meaning.millisecondsPerUnit, 1e12))
        }
    }
}
