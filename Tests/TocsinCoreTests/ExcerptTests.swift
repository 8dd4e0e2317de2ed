import Testing
import TocsinCore

@Suite struct ExcerptTests {
    @Test(
        "a text of more than 40 characters is cut there",
        arguments: [
            ("", ""), ("ml", "ml"), (String(repeating: "é", count: 40), String(repeating: "é", count: 40)),
            (String(repeating: "é", count: 41), String(repeating: "é", count: 40) + "…"),
        ])
    func cut(text: String, excerpt: String) { #expect(text.excerpt == excerpt) }

    @Test("one character with a million marks is no way around it")
    func marks() {
        let text = "a" + String(repeating: "\u{301}", count: 1_000_000)
        #expect(text.excerpt.utf8.count < 100)
    }
}
