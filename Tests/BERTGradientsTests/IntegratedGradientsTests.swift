import BERT
import Foundation
import Heads
import TestEncoder
import Testing
import WordPiece

@testable import BERTGradients

@Suite struct GaussLegendreTests {
    @Test("points and weights integrate polynomials exactly", arguments: [1, 2, 8, 16, 64])
    func polynomials(count: Int) {
        let rule = GaussLegendre(count: count)
        for degree in 0..<min(2 * count, 12) {
            let sum = zip(rule.points, rule.weights).reduce(0) { $0 + pow(Double($1.0), Double(degree)) * Double($1.1) }
            #expect(abs(sum - 1 / Double(degree + 1)) < 1e-5)
        }
    }
}

@Suite(.enabled(if: TestEncoder.isPresent)) struct IntegratedGradientsTests {
    private let checkpoint: Checkpoint
    private let gradients: IntegratedGradients

    init() throws {
        checkpoint = try TestCheckpoint.loaded()
        let shape = DenseShape(widths: [772, 16, 7])
        let head = DenseHead(
            shape, parameters: (0..<shape.parameterCount).map { Float(0.3 * sin(Double($0) * 12.9898)) })
        gradients = IntegratedGradients(encoder: checkpoint.encoder, head: head)
    }

    @Test(
        "attributions add up to the way from the blank text within 1 %",
        arguments: [
            "disk sda1 is full", "accepted publickey for carol from <IP> port 4022",
            "controller 3: parity error on lane 2, link retrained after 40 ms; 2 of 8 paths degraded", "ok",
        ])
    func completeness(text: String) {
        let ids = WordPieceTokenizer(vocabulary: checkpoint.vocabulary).tokenIDs(of: text.utf8)
        for classIndex in [0, 3, 6] {
            let found = gradients.attributions(
                tokenIDs: ids, features: [0.5, -1, 2, 0], classIndex: classIndex)
            #expect(found.completenessError < 0.01, "\(found)")
            #expect(found.values.count == ids.count)
            // Special tokens are the same in the blank text.
            #expect(found.values[0] == 0 && found.values[ids.count - 1] == 0)
        }
    }

    @Test("the same text gets the same attributions again")
    func repeatable() {
        let ids: [Int32] = [101, 5860, 2440, 102]
        let first = gradients.attributions(tokenIDs: ids, features: [0, 0, 0, 0], classIndex: 2)
        _ = gradients.attributions(tokenIDs: [101, 102], features: [0, 0, 0, 0], classIndex: 2)
        #expect(gradients.attributions(tokenIDs: ids, features: [0, 0, 0, 0], classIndex: 2) == first)
    }
}
