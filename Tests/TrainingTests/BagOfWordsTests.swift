import LineFeatures
import Testing
import TocsinCore

@testable import Training

@Suite struct BagOfWordsTests {
    private let texts = SampleLines.classes.flatMap(\.1)
    private let labels = SampleLines.classes.flatMap { entry in entry.1.map { _ in entry.0.rawValue } }

    @Test("it learns the words of each class, and its probabilities sum to one")
    func learns() {
        let model = BagOfWords(texts: texts, labels: labels, rowWeights: texts.map { _ in 1 })
        for (text, label) in zip(texts, labels) {
            let probabilities = model.probabilities(text)
            #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
            #expect(Scores.mostProbable(probabilities) == label)
        }
        #expect(Scores.mostProbable(model.probabilities("parity error on the disk")) == 6)
    }

    @Test("the same seed gives the same model")
    func deterministic() {
        let weights = [Float](repeating: 1, count: texts.count)
        let one = BagOfWords(texts: texts, labels: labels, rowWeights: weights)
        let two = BagOfWords(texts: texts, labels: labels, rowWeights: weights)
        #expect(one.probabilities("queue went down") == two.probabilities("queue went down"))
    }

    @Test("terms are words and pairs of neighbours")
    func terms() {
        #expect(BagOfWords.terms("Disk sda1: FULL") == ["disk", "sda1", "full", "disk sda1", "sda1 full"])
        #expect(BagOfWords.terms(" .. ").isEmpty)
    }
}

@Suite struct BaselineTests {
    private func verdict(_ message: String, severity: Int) -> AnomalyClass {
        let bytes = Array(message.utf8)
        return Baseline.ruleVerdict(
            LineFeatures.compute(
                message: bytes.span, header: .init(length: 0, severityNumber: severity, hourOfDay: nil),
                template: TemplateStatistics(message)))
    }

    @Test(
        "the rule goes by level and words",
        arguments: [
            ("cache warmed up", 9, AnomalyClass.normal), ("disk parity failed", 17, .hardwareIssue),
            ("permission denied", 0, .securityAnomaly), ("it went wrong somehow", 17, .configError),
            ("stopped for no reason", 21, .systemFailure),
        ])
    func rule(message: String, severity: Int, expected: AnomalyClass) {
        #expect(verdict(message, severity: severity) == expected)
    }
}
