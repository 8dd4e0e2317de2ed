import Testing
import TierDoubles
import TocsinCore

@testable import Pipeline

@Suite("Explanations of lines") struct ExplainTests {
    @Test("each word is left out once, and has what the class's log-odds lose")
    func occlusion() async throws {
        let bench = Bench()
        // The class is the length modulo 7: without `aaaaaaa ` (8) it is another one.
        let line = try await bench.analyzer.explain(["aaaaaaa bbbbbb c"]).lines[0].get()
        #expect(line.wordMethod == .occlusion)
        #expect(line.words.map(\.word) == ["aaaaaaa", "bbbbbb", "c"])
        #expect(line.row.anomalyClass.rawValue == 16 % 7)
        #expect(line.words[0].contribution > 3)  // 8 fewer bytes: another class
        #expect(abs(line.words[1].contribution) < 1e-6)  // 7 fewer bytes: the same
        #expect(line.row.sentence.contains("“aaaaaaa”"))
        #expect(bench.embedder.texts.sorted() == ["aaaaaaa bbbbbb", "aaaaaaa bbbbbb c", "aaaaaaa c", "bbbbbb c"])
        #expect(line.row.nearest.map(\.text) == ["aaaaaaa bbbbbb c"])
    }

    @Test("a class that is asked for is explained in place of the predicted one")
    func otherClass() async throws {
        let line = try await Bench().analyzer.explain(["aaaaaaa bbbbbb c"], of: .configError).lines[0].get()
        #expect(line.row.anomalyClass == .configError)
        #expect(line.analysis.prediction.anomalyClass == .systemFailure)
        #expect(line.row.sentence.hasPrefix("config_error is given 5 %, and system_failure 70 %"))
    }

    @Test("a line that fails fails alone, wherever it fails")
    func failures() async throws {
        let answer = try await Bench().analyzer.explain(["bad", "fine", "unembeddable", "unclassifiable"])
        #expect(answer.lines.map { (try? $0.get()) == nil } == [true, false, true, true])
        #expect(answer.work.lines == 4)
    }

    @Test("a fine-tuned encoder's words are weighed by its gradients")
    func gradients() async throws {
        let lora = ModelInfo(
            name: "lora", algorithm: "LoRA-BERT", version: "1", sha256: "l", isActive: true, encoderVariants: [.lora])
        let bench = Bench(classifier: RecordingClassifier(models: [lora]))
        let line = try await bench.analyzer.explain(["disk"]).lines[0].get()
        #expect(line.wordMethod == .integratedGradients)
        #expect(line.words == [WordContribution("disk", 4)])
        #expect(bench.embedder.texts == ["disk"])
    }

    @Test("text without words, or with more than an encoder reads, is explained as well")
    func hostile() async throws {
        let long = String(repeating: "x ", count: 40)
        let answer = try await Bench().analyzer.explain(["", "   ", long])
        #expect(answer.lines.compactMap { try? $0.get() }.count == 3)
        #expect(try answer.lines[0].get().words.isEmpty)
        let text = WordText(Array(repeating: "w", count: 300).joined(separator: " "))
        #expect(text.words.count == 300 && text.readCount == 128)
    }

    @Test(
        "the pieces of a word go to the word",
        arguments: [
            (
                "Failed password for root", ["failed", "password", "for", "root"],
                [("Failed", 1), ("password", 2), ("for", 3), ("root", 4)]
            ),
            (
                "sshd: renew(lease)", ["ss", "##hd", ":", "renew", "(", "lease", ")"],
                [("sshd:", 6), ("renew(lease)", 22)]
            ),
            ("Größe ☃ ok", ["gr", "##o", "##ße", "[UNK]", "ok"], [("Größe", 6), ("☃", 4), ("ok", 5)]),
            ("a☃b-c d", ["[UNK]", "-", "c", "d"], [("a☃b-c", 6), ("d", 4)]),
            ("cut off here", ["cut", "off"], [("cut", 1), ("off", 2), ("here", 0)]),
            ("", ["stray"], []),
        ] as [(String, [String], [(String, Double)])])
    func pieces(text: String, tokens: [String], expected: [(String, Double)]) {
        let all = ["[CLS]"] + tokens + ["[SEP]"]
        let attribution = TextAttribution(
            tokens: all, values: [0] + tokens.indices.map { Float($0 + 1) } + [0], score: 1)
        #expect(
            WordText(text).contributions(of: attribution) == expected.map { WordContribution($0.0, $0.1) })
    }

    @Test("the deletion test passes where the named words decide, and tests no line that is too short or wrong")
    func deletion() async throws {
        var test = DeletionTest(Bench().analyzer, AnalysisRequest(), seed: 1)
        let outcome = try await test.run(
            on: ["a b c", "bad", "n n n n n n n n"], classes: [.normal, .configError, .normal])
        #expect(outcome.tested == 0 && outcome.share == nil)
    }
}
