import Testing
import TocsinCore

@testable import Drain

@Suite struct OppositesTests {
    private static let fillers = [
        "queued", "checked", "verified", "reloaded", "archived", "indexed", "mirrored", "sampled", "tagged", "vetted",
    ]

    @Test(
        "words that contradict each other are never merged, however many others were before them",
        arguments: Opposites.pairs.sorted())
    func afterWidening(pair: String) {
        let words = pair.split(separator: " ").map(String.init)
        var tree = DrainTree()
        for filler in Self.fillers { _ = tree.add("volume \(filler) by the nightly job") }
        #expect(tree.count == 1)
        let ids = words.map { tree.add("volume \($0) by the nightly job").id }
        #expect(Set(ids).count == words.count)
        #expect(words.map { tree.match("volume \($0) by the nightly job")?.id } == ids)
    }

    @Test("nor where they end a sentence, stand in capitals, or begin a part of any number of words")
    func shapes() {
        var tree = DrainTree()
        for filler in Self.fillers { _ = tree.add("The volume was \(filler).") }
        #expect(tree.add("The volume was started.").id != tree.add("The volume was stopped.").id)
        #expect(tree.add("The volume was STARTED.").id != tree.add("The volume was Stopped").id)
        for count in 1...9 { _ = tree.add("link went" + String(repeating: " 17", count: count) + " and stays") }
        #expect(tree.add("link went up 17 and stays").id != tree.add("link went down 17 and stays").id)
    }

    @Test(
        "a prefix that negates makes an opposite",
        arguments: [("trusted", "untrusted"), ("connects", "disconnects"), ("zero", "non-zero")])
    func prefixes(word: String, negated: String) {
        #expect(Opposites.contains(Array(word.utf8)[...], Array(negated.utf8)[...]))
    }
}
