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
        message.withUnsafeBufferPointer { read($0) }
    }

    private mutating func read(_ message: UnsafeBufferPointer<UInt8>) {
        let table = KeywordTable.standard
        var number = PendingNumber()
        var previous = ByteClass.space
        length = message.count
        var position = 0
        while position < message.count {
            let byte = message[position]
            if Self.isLetter(byte) {
                if previous == .space { wordCount += 1 }
                previous = .letter
                position = readLetters(message, from: position, number: number, in: table)
                continue
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
            position += 1
        }
    }

    /// ASCII letters alone make keywords: folding one into lower case is a single bit.
    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    /// Reads capitals, then small letters: of `IOException` the last capital belongs to what follows. Gives the end.
    @inline(__always)
    private mutating func readLetters(
        _ message: UnsafeBufferPointer<UInt8>, from start: Int, number: PendingNumber, in table: borrowing KeywordTable
    ) -> Int {
        var hash = KeywordTable.emptyHash
        var hashBeforeLast = hash
        var position = start
        while position < message.count, message[position] &- UInt8(ascii: "A") < 26 {
            hashBeforeLast = hash
            hash = KeywordTable.hash(hash, adding: message[position] | 0x20)
            position += 1
        }
        var wordStart = start
        let smallLetters = position
        while position < message.count, message[position] &- UInt8(ascii: "a") < 26 {
            if position == smallLetters, position - start > 1 {
                wordStart = position - 1
                endWord(hashBeforeLast, from: start, to: wordStart, number: number, in: table)
                hash = KeywordTable.hash(KeywordTable.emptyHash, adding: message[wordStart] | 0x20)
            }
            hash = KeywordTable.hash(hash, adding: message[position])
            position += 1
        }
        endWord(hash, from: wordStart, to: position, number: number, in: table)
        return position
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

    /// Counts a word from `start` to `end`, as a keyword or as the unit of the number right before it.
    @inline(__always)
    private mutating func endWord(
        _ hash: UInt32, from start: Int, to end: Int, number: PendingNumber, in table: borrowing KeywordTable
    ) {
        let meaning = table.meaning(ofHash: hash)
        guard !meaning.isEmpty else { return }
        var groups = meaning.rawValue & (1 << UInt32(Self.keywordCount) - 1)
        while groups != 0 {
            keywordCounts[groups.trailingZeroBitCount] += 1
            groups &= groups - 1
        }
        if !meaning.isDisjoint(with: .adverse), firstTrouble == nil { firstTrouble = start }
        let gap = start - number.end
        if !meaning.isDisjoint(with: .unit), gap == 0 || gap == 1 {
            durationCount += 1
            // A value that no clock shows is cut at 30 years.
            longestMilliseconds = max(longestMilliseconds, min(number.value * meaning.millisecondsPerUnit, 1e12))
        }
    }
}
