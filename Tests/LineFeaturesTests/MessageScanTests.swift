import Testing

@testable import LineFeatures

@Suite struct MessageScanTests {
    /// The words of a message by their definition: runs of ASCII letters, cut before a capital that follows a small
    /// letter or that a small letter follows.
    private func words(_ message: [UInt8]) -> [(start: Int, letters: [UInt8])] {
        func isCapital(_ index: Int) -> Bool { message.indices.contains(index) && (65...90).contains(message[index]) }
        func isSmall(_ index: Int) -> Bool { message.indices.contains(index) && (97...122).contains(message[index]) }
        var words: [(start: Int, letters: [UInt8])] = []
        for index in message.indices where isCapital(index) || isSmall(index) {
            let follows = isCapital(index - 1) || isSmall(index - 1)
            let isCut = isCapital(index) && (isSmall(index - 1) || isCapital(index - 1) && isSmall(index + 1))
            if !follows || isCut { words.append((index, [])) }
            words[words.count - 1].letters.append(message[index] | 0x20)
        }
        return words
    }

    private func keywords(_ message: [UInt8]) -> (counts: [Int32], firstTrouble: Int?) {
        var counts = [Int32](repeating: 0, count: MessageScan.keywordCount)
        var firstTrouble: Int?
        for word in words(message) {
            let hash = word.letters.reduce(KeywordTable.emptyHash) { KeywordTable.hash($0, adding: $1) }
            let meaning = KeywordTable.standard.meaning(ofHash: hash)
            for group in counts.indices where meaning.rawValue & (1 << UInt32(group)) != 0 { counts[group] += 1 }
            if !meaning.isDisjoint(with: .adverse), firstTrouble == nil { firstTrouble = word.start }
        }
        return (counts, firstTrouble)
    }

    @Test("the one pass over a message finds the words that their definition finds")
    func words() {
        let pieces = [
            "failed", "Failed", "FAILED", "IOException", "connectionRefused", "DISKError", "timeout", "Timeouts", "a",
            "A",
            "aB", "ABc", " ", "  ", "_", "7", "30s", "=", "é", "\u{0}", "Denied", "denied.", "CRASH", "x",
        ]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let message = (0..<Int.random(in: 0...14, using: &generator)).flatMap { _ in
                Array(pieces[Int.random(in: 0..<pieces.count, using: &generator)].utf8)
            }
            var scan = MessageScan()
            scan.read(message.span)
            let expected = keywords(message)
            #expect((0..<MessageScan.keywordCount).map { scan.keywordCounts[$0] } == expected.counts)
            #expect(scan.firstTrouble == expected.firstTrouble, "\(String(decoding: message, as: UTF8.self))")
        }
    }
}
