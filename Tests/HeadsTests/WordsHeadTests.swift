import Testing

@testable import Heads

@Suite struct WordsHeadTests {
    @Test("terms are words and pairs of neighbours")
    func terms() {
        #expect(WordsHead.terms(of: "Disk sda1: FULL") == ["disk", "sda1", "full", "disk sda1", "sda1 full"])
        #expect(WordsHead.terms(of: " .. ").isEmpty)
    }

    @Test("a text's vector has length 1, and none where no term is known")
    func vector() {
        let head = WordsHead(texts: ["disk full", "disk slow", "link down"], classCount: 2, leastTexts: 1)
        let vector = head.vector("the disk, the DISK is full")
        #expect(abs(vector.reduce(0) { $0 + $1.value * $1.value } - 1) < 1e-6)
        #expect(vector.map { head.terms[$0.column] } == ["disk", "full"])
        #expect(head.vector("unheard of").isEmpty)
        #expect(WordsHead(texts: ["disk full", "disk slow"], classCount: 2, leastTexts: 2).terms == ["disk"])
    }

    @Test("what the parts of a text add is its logit but for the bias")
    func contributions() {
        var head = WordsHead(texts: ["disk sda1 full", "link down", "disk down"], classCount: 3, leastTexts: 1)
        for index in head.parameters.indices { head.parameters[index] = Float(index % 7) - 3 }
        let parts = ["disk:", "sda1,disk", "FULL", "unknown"]
        for index in 0..<3 {
            let contributions = head.contributions(of: parts, to: index)
            let logit = head.logits(parts.joined(separator: " "))[index]
            #expect(abs(contributions.reduce(head.biases[head.biases.startIndex + index], +) - logit) < 1e-5)
            #expect(contributions[3] == 0)
        }
    }

    @Test("what is written gives the same logits when read")
    func roundTrip() throws {
        var head = WordsHead(texts: ["disk full", "link down"], classCount: 3, leastTexts: 1)
        for index in head.parameters.indices { head.parameters[index] = Float(index) / 8 - 1 }
        let read = try WordsHead(encoded: head.encoded(), classCount: 3)
        #expect(read.terms == head.terms)
        for text in ["disk full", "link", ""] {
            for (left, right) in zip(read.logits(text), head.logits(text)) { #expect(abs(left - right) < 1e-3) }
        }
    }

    @Test(
        "a file that is no head is refused",
        arguments: [
            "", "disk\t1\t0\t0\n", "\t1\t0\n", "\t1\t0\tnan\n", "\t1\t0\t0\ndisk\t1\t0\n", "\u{0}\u{1}",
        ])
    func malformed(file: String) {
        #expect(throws: HeadError.self) { try WordsHead(encoded: Array(file.utf8), classCount: 2) }
    }
}
