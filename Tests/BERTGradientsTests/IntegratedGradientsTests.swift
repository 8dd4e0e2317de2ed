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
    private let head: DenseHead
    private let direction = (0..<768).map { Float(sin(Double($0) * 12.9898)) }

    static let texts = [
        "disk sda1 is full", "accepted publickey for carol from <IP> port 4022",
        "controller 3: parity error on lane 2, link retrained after 40 ms; 2 of 8 paths degraded", "ok",
    ]

    init() throws {
        checkpoint = try TestCheckpoint.loaded()
        let shape = DenseShape(widths: [772, 16, 7])
        head = DenseHead(
            shape, parameters: (0..<shape.parameterCount).map { Float(0.3 * sin(Double($0) * 12.9898)) })
        gradients = IntegratedGradients(encoder: checkpoint.encoder)
    }

    private func tokenIDs(_ text: String) -> [Int32] {
        WordPieceTokenizer(vocabulary: checkpoint.vocabulary).tokenIDs(of: text.utf8)
    }

    private func logOdds(_ classIndex: Int) -> VectorScore {
        .logOdds(classIndex: classIndex, head: head, features: [0.5, -1, 2, 0])
    }

    @Test("attributions add up to the way from the blank text within 1 %", arguments: texts)
    func completeness(text: String) throws {
        let ids = tokenIDs(text)
        for score in [logOdds(0), logOdds(3), logOdds(6), .direction(direction)] {
            let found = try gradients.attributions(tokenIDs: ids, of: score)
            let way = found.score - found.baselineScore
            #expect(abs(found.values.reduce(0, +) - way) < 0.01 * abs(way), "\(found)")
            #expect(found.values.count == ids.count)
            // Special tokens are the same in the blank text.
            #expect(found.values[0] == 0 && found.values[ids.count - 1] == 0)
        }
    }

    @Test("a text without words is the blank text, and nothing is shared out")
    func noWords() throws {
        let found = try gradients.attributions(tokenIDs: tokenIDs(""), of: .direction(direction))
        #expect(found.values == [0, 0] && found.completenessError < 0.01)
    }

    @Test("how complete attributions are does not depend on the direction's length")
    func scale() throws {
        let ids = tokenIDs(Self.texts[1])
        let one = try gradients.attributions(tokenIDs: ids, of: .direction(direction))
        let small = try gradients.attributions(tokenIDs: ids, of: .direction(direction.map { $0 * 1e-4 }))
        #expect(small.pointCount == one.pointCount)
        for (a, b) in zip(one.values, small.values) { #expect(abs(a - b * 1e4) < 1e-3 * max(abs(a), 1)) }
    }

    @Test("the same text gets the same attributions again")
    func repeatable() throws {
        let ids: [Int32] = [101, 5860, 2440, 102]
        let first = try gradients.attributions(tokenIDs: ids, of: logOdds(2))
        _ = try gradients.attributions(tokenIDs: [101, 102], of: logOdds(2))
        #expect(try gradients.attributions(tokenIDs: ids, of: logOdds(2)) == first)
    }

    @Test("a cancelled attribution ends before its next pass")
    func cancelled() throws {
        var asked = 0
        #expect(throws: CancellationError.self) {
            try gradients.attributions(tokenIDs: tokenIDs(Self.texts[2]), of: logOdds(1)) {
                asked += 1
                return asked == 2
            }
        }
        #expect(asked == 2)
    }
}
