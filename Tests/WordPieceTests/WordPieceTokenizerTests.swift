import Testing

@testable import WordPiece

@Suite("WordPiece")
struct WordPieceTokenizerTests {
    static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "disk", "##s", "full", "un", "##want", "##ed", "cafe", "!", "[",
        "]", "-", "磁", "盘", "ᄀ", "##ᅡ", "1", "##2", "##2s", "s",
    ]

    private func tokens(_ text: String, maxTokens: Int = 128) throws -> [String] {
        try tokens(Array(text.utf8), maxTokens: maxTokens)
    }

    private func tokens(_ text: [UInt8], maxTokens: Int = 128) throws -> [String] {
        let vocabulary = try Vocabulary(pieces: Self.pieces)
        let ids = WordPieceTokenizer(vocabulary: vocabulary, maxTokens: maxTokens).tokenIDs(of: text)
        #expect(ids.first == vocabulary.classifierID && ids.last == vocabulary.separatorID)
        return ids.dropFirst().dropLast().map { vocabulary.pieces[Int($0)] }
    }

    @Test(
        "words are cut into the longest pieces",
        arguments: [
            ("disk full", ["disk", "full"]),
            ("DISKS  Full\t\n", ["disk", "##s", "full"]),
            ("unwanted!!", ["un", "##want", "##ed", "!", "!"]),
            ("12s", ["1", "##2s"]),
            ("diskx full", ["[UNK]", "full"]),
            ("disk-full", ["disk", "-", "full"]),
            ("", []),
            (" ", []),
            ("CAFÉ café", ["cafe", "cafe"]),
            ("磁盘full", ["磁", "盘", "full"]),
            ("가", ["ᄀ", "##ᅡ"]),
            ("di\u{0}s\u{200B}k", ["disk"]),
            ("disk\u{A0}full\u{3000}disk", ["disk", "full", "disk"]),
            ("disk[MASK]full", ["disk", "[MASK]", "full"]),
            ("[mask]", ["[", "[UNK]", "]"]),
            ("[[SEP]]", ["[", "[SEP]", "]"]),
        ])
    func pieces(text: String, expected: [String]) throws {
        #expect(try tokens(text) == expected)
    }

    @Test("a word of 100 characters is looked up, one of 101 is unknown")
    func longWord() throws {
        #expect(try tokens("1" + String(repeating: "2", count: 99)).count == 100)
        #expect(try tokens("1" + String(repeating: "2", count: 100)) == ["[UNK]"])
        #expect(try tokens(String(repeating: "é", count: 10_000)) == ["[UNK]"])
        #expect(try tokens(String(repeating: "🔥", count: 1_000_000)) == ["[UNK]"])
    }

    @Test("a text that is too long loses its end", arguments: [2, 3, 5, 128])
    func truncation(limit: Int) throws {
        let found = try tokens(String(repeating: "unwanted ", count: 1_000), maxTokens: limit)
        #expect(found.count == limit - 2)
        let all = Array(repeating: ["un", "##want", "##ed"], count: 50).flatMap { $0 }
        #expect(found == Array(all.prefix(limit - 2)))
    }

    @Test(
        "bytes that are not UTF-8 vanish and swallow nothing",
        arguments: [
            [0xFF], [0x80], [0xC0, 0xAF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0xFF], [0xF0, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func brokenUTF8(bytes: [UInt8]) throws {
        #expect(try tokens(Array("di".utf8) + bytes + Array("sk full".utf8)) == ["disk", "full"])
    }

    @Test("a vocabulary without its special tokens is refused")
    func missingSpecialToken() {
        #expect(throws: VocabularyError.missing("[UNK]")) { try Vocabulary(pieces: ["a", "[CLS]", "[SEP]"]) }
        #expect(throws: VocabularyError.missing("[SEP]")) { try Vocabulary(pieces: ["[UNK]", "[CLS]"]) }
        #expect(throws: VocabularyError.notUTF8) { try Vocabulary(contents: [0xFF, 0x0A] as [UInt8]) }
    }

    @Test("a vocabulary file numbers its lines")
    func vocabularyFile() throws {
        let vocabulary = try Vocabulary(contents: "[UNK]\n[CLS]\n[SEP]\ndisk\n".utf8)
        #expect(vocabulary.pieces.count == 4)
        #expect(WordPieceTokenizer(vocabulary: vocabulary).tokenIDs(of: "disk".utf8) == [1, 3, 2])
    }

    @Test("a piece may start with a combining mark")
    func combiningMark() throws {
        let vocabulary = try Vocabulary(contents: "[UNK]\n[CLS]\n[SEP]\na\n##\u{9BE}\n\u{9BE}\n".utf8)
        let tokenizer = WordPieceTokenizer(vocabulary: vocabulary)
        #expect(tokenizer.tokenIDs(of: "a\u{9BE} \u{9BE}".utf8) == [1, 3, 4, 5, 2])
    }
}
