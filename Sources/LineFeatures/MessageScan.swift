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

    /// Where the last number stands, which a unit may follow; its value is read only then.
    private struct PendingNumber {
        var start = -2
        var end = -2
        /// The place of the decimal point; -1 where there is none.
        var point = -1

        func value(in message: UnsafeBufferPointer<UInt8>) -> Double {
            var value = 0.0
            var fraction = 0.1
            for position in start..<end where position != point {
                let digit = Double(message[position] & 0x0F)
                if point < 0 || position < point {
                    value = value * 10 + digit
                } else {
                    value += digit * fraction
                    fraction /= 10
                }
            }
            return value
        }
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
                if firstDigit == nil { firstDigit = position }
                if number.end != position { number = PendingNumber(start: position) }
                let start = position
                while position < message.count, message[position] &- UInt8(ascii: "0") < 10 { position += 1 }
                digitCount += position - start
                number.end = position
                previous = current
                continue
            case .space:
                spaceCount += 1
            case .special, .letter:
                if previous == .space { wordCount += 1 }
                if byte == UInt8(ascii: "."), number.end == position, number.point < 0 {
                    number.point = position
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
        if position - start > 1, position < message.count, message[position] &- UInt8(ascii: "a") < 26 {
            wordStart = position - 1
            endWord(hashBeforeLast, from: start, number: number, of: message, in: table)
            hash = KeywordTable.hash(KeywordTable.emptyHash, adding: message[wordStart] | 0x20)
        }
        while position < message.count, message[position] &- UInt8(ascii: "a") < 26 {
            hash = KeywordTable.hash(hash, adding: message[position])
            position += 1
        }
        endWord(hash, from: wordStart, number: number, of: message, in: table)
        return position
    }

    /// Counts a word that begins at `start`, as a keyword or as the unit of the number right before it.
    @inline(__always)
    private mutating func endWord(
        _ hash: UInt32, from start: Int, number: PendingNumber, of message: UnsafeBufferPointer<UInt8>,
        in table: borrowing KeywordTable
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
            longestMilliseconds = max(
                longestMilliseconds, min(number.value(in: message) * meaning.millisecondsPerUnit, 1e12))
        }
    }
}
