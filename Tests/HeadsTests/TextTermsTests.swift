import Testing

@testable import Heads

@Suite struct TextTermsTests {
    private func terms(_ text: String, hasPieces: Bool = false) -> [String] {
        let terms = TextTerms(text, hasPieces: hasPieces)
        return terms.places.map(terms.text)
    }

    @Test("terms are words and pairs of neighbours")
    func words() {
        #expect(terms("Disk sda1: FULL") == ["disk", "sda1", "disk sda1", "full", "sda1 full"])
        #expect(terms(" .. ").isEmpty)
    }

    @Test("pieces have 2 to 5 characters, the ends of the word among them, and are no whole word")
    func pieces() {
        #expect(
            terms("Ion", hasPieces: true).dropFirst() == [
                "i*", "io*", "ion*", "*io*", "*ion*", "*ion", "*on*", "*on", "*n",
            ])
        #expect(terms("é1", hasPieces: true).dropFirst() == ["é*", "é1*", "*é1*", "*é1", "*1"])
    }

    @Test("a term is known by the hash of how it is written", arguments: ["Disk sda1: FULL", "é1 ÄÖ größer", "a"])
    func hashes(text: String) {
        let terms = TextTerms(text, hasPieces: true)
        for place in terms.places { #expect(TextTerms.hash(terms.text(at: place).utf8) == place.hash) }
    }

    @Test("a word lies in one part, a pair may lie in two")
    func parts() {
        let terms = TextTerms(["disk:sda1", "full"], hasPieces: false)
        #expect(terms.places.map(terms.text) == ["disk", "sda1", "disk sda1", "full", "sda1 full"])
        #expect(terms.places.map(\.words) == [0...0, 1...1, 0...1, 2...2, 1...2])
    }
}
