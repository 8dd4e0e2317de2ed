import Foundation
import Heads
import Testing
import TocsinCore

@testable import Training

@Suite struct WordsFitTests {
    private let texts = SampleLines.classes.flatMap(\.1)
    private let labels = SampleLines.classes.flatMap { entry in entry.1.map { _ in entry.0.rawValue } }
    private var head: WordsHead {
        var fit = WordsFit.bagOfWords
        fit.leastTexts = 1
        return fit.train(texts: texts, labels: labels, rowWeights: texts.map { _ in 1 })
    }

    private func mostProbable(_ logits: [Float]) -> Int { Scores.mostProbable(logits.map(Double.init)) }

    @Test("it learns the words of each class")
    func learns() {
        let head = head
        for (text, label) in zip(texts, labels) { #expect(mostProbable(head.logits(text)) == label) }
        #expect(mostProbable(head.logits("parity error on the disk")) == 6)
    }

    @Test("the same texts give the same head")
    func deterministic() { #expect(head == head) }

    @Test("where it ends, no small change of a weight lowers the loss")
    func minimum() {
        var fit = WordsFit.model
        fit.leastTexts = 1
        fit.inversePenalty = 1
        func loss(_ head: WordsHead) -> Double {
            let biases = head.terms.count * head.classCount
            let squares = head.parameters[..<biases].reduce(0.0) { $0 + Double($1) * Double($1) }
            return zip(texts, labels).reduce(0.5 * squares) { sum, row in
                let logits = head.logits(row.0).map(Double.init)
                return sum + log(logits.reduce(0) { $0 + exp($1) }) - logits[row.1]
            }
        }
        let head = fit.train(texts: texts, labels: labels, rowWeights: texts.map { _ in 1 })
        let least = loss(head)
        for index in stride(from: 0, to: head.parameters.count, by: 7) {
            for step in [-0.05, 0.05] as [Float] {
                var moved = head
                moved.parameters[index] += step
                #expect(loss(moved) > least)
            }
        }
    }
}

@Suite struct LimitedMemoryBFGSTests {
    @Test("it finds the bottom of a bent valley")
    func rosenbrock() {
        let found = LimitedMemoryBFGS(tolerance: 1e-4).minimum(from: [-1.2, 1]) { point, gradient in
            let (x, y) = (point[0], point[1])
            gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x)
            gradient[1] = 200 * (y - x * x)
            return Double((1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x))
        }
        #expect(abs(found[0] - 1) < 0.01 && abs(found[1] - 1) < 0.02)
    }
}
