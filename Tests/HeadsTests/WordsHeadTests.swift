import Testing

@testable import Heads

@Suite struct WordsHeadTests {
    @Test("a text's vector has length 1, and none where no term is known")
    func vector() {
        let head = WordsHead(texts: ["disk full", "disk slow", "link down"], classCount: 2, leastTexts: 1)
        let vector = head.vector("the disk, the DISK is full")
        #expect(abs(vector.reduce(0) { $0 + $1.value * $1.value } - 1) < 1e-6)
        #expect(vector.map { head.terms[$0.column] } == ["disk", "full"])
        #expect(head.vector("unheard of").isEmpty)
        #expect(WordsHead(texts: ["disk full", "disk slow"], classCount: 2, leastTexts: 2).terms == ["disk"])
    }

    @Test("pieces have a length of their own, and features stand behind them, up to 3 deviations")
    func blocks() {
        let features = [ScaledFeature(name: "severity", values: [0, 9, 17])]
        let head = WordsHead(
            texts: ["disk full", "disk slow"], features: features, classCount: 2, leastTexts: 2, hasPieces: true)
        #expect(head.terms.contains("disk") && head.terms.contains("di*") && !head.terms.contains("fu*"))
        let vector = head.vector("a disk", scaledFeatures: [20])
        func squares(_ isChosen: (String) -> Bool) -> Float {
            vector.dropLast().filter { isChosen(head.terms[$0.column]) }.reduce(0) { $0 + $1.value * $1.value }
        }
        #expect(abs(squares { !$0.contains("*") } - 1) < 1e-6)
        #expect(abs(squares { $0.contains("*") } - WordsHead.pieceLength * WordsHead.pieceLength) < 1e-6)
        #expect(vector.last == WordsHead.Entry(column: head.terms.count, value: 3 * WordsHead.featureScale))
    }

    @Test("what the parts of a text add is its logit but for the bias")
    func contributions() {
        var head = WordsHead(
            texts: ["disk sda1 full", "link down", "disk down"],
            features: [ScaledFeature(name: "severity", values: [0, 9, 17])], classCount: 3, leastTexts: 1,
            hasPieces: true)
        for index in head.parameters.indices { head.parameters[index] = Float(index % 7) - 3 }
        let parts = ["disk:", "sda1,disk", "FULL", "qqq"]
        for index in 0..<3 {
            let contributions = head.contributions(of: parts, to: index)
            let features = head.contributions(ofScaledFeatures: [1.5], to: index)
            let logit = head.logits(parts.joined(separator: " "), scaledFeatures: [1.5])[index]
            let sum = (contributions + features).reduce(head.biases[head.biases.startIndex + index], +)
            #expect(abs(sum - logit) < 1e-4)
            #expect(contributions[3] == 0)
        }
    }

    @Test("what is written gives the same logits when read")
    func roundTrip() throws {
        var head = WordsHead(
            texts: ["disk full", "link down"], features: [ScaledFeature(name: "severity", values: [0, 9, 17])],
            classCount: 3, leastTexts: 1, hasPieces: true)
        for index in head.parameters.indices { head.parameters[index] = Float(index % 17) / 8 - 1 }
        let read = try WordsHead(encoded: head.encoded(), classCount: 3)
        #expect(read.terms == head.terms && read.features == head.features)
        for text in ["disk full", "link", ""] {
            let logits = [read, head].map { $0.logits(text, scaledFeatures: [-1]) }
            for (left, right) in zip(logits[0], logits[1]) { #expect(abs(left - right) < 1e-3) }
        }
    }

    @Test(
        "a file that is no head is refused",
        arguments: [
            "", "disk\t1\t0\t0\n", "\t1\t0\n", "\t1\t0\tnan\n", "\t1\t0\t0\ndisk\t1\t0\n", "\u{0}\u{1}",
            "\t1\t0\t0\n=severity 1\t1\t0\t0\n",
            "\t1\t0\t0\n=severity 1 0\t1\t0\t0\n", "\t1\t0\t0\n=severity 1 1\t1\t0\t0\ndisk\t1\t0\t0\n",
        ])
    func malformed(file: String) {
        #expect(throws: HeadError.self) { try WordsHead(encoded: Array(file.utf8), classCount: 2) }
    }
}
