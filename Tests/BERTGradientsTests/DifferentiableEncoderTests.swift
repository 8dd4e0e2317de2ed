import BERT
import Foundation
import TestEncoder
import Testing

@testable import BERTGradients

@Suite(.enabled(if: TestEncoder.isPresent)) struct DifferentiableEncoderTests {
    private let encoder: Encoder
    private let differentiable: DifferentiableEncoder
    private let batch: TokenBatch

    init() throws {
        encoder = try TestCheckpoint.loaded().encoder
        differentiable = DifferentiableEncoder(encoder)
        var batch = TokenBatch()
        batch.append([101, 5860, 2440, 102])
        batch.append([101] + (0..<30).map { 2_000 + 311 * $0 } + [102])
        batch.append([101, 102])
        self.batch = batch
    }

    private func embeddings(
        _ forward: (UnsafeMutablePointer<Float>) -> Void
    ) -> [Float] {
        [Float](unsafeUninitializedCapacity: batch.count * encoder.embeddingWidth) { buffer, count in
            count = buffer.count
            if let base = buffer.baseAddress { forward(base) }
        }
    }

    @Test("embeddings equal those of the encoder that serves")
    func forward() {
        let tape = differentiable.makeTape()
        let found = embeddings { differentiable.forward(batch, tape: tape, into: $0) }
        let workspace = encoder.makeWorkspace()
        var served = [Float](repeating: 0, count: found.count)
        served.withUnsafeMutableBufferPointer { encoder.embed(batch, using: workspace, into: $0) }
        for (found, served) in zip(found, served) { #expect(abs(found - served) < 1e-5) }
    }

    @Test("the gradient along a direction equals its finite difference", arguments: [Float(0), 0.1])
    func directions(dropoutRate: Float) {
        let dropout = EncoderDropout(rate: dropoutRate, seed: 17)
        let tape = differentiable.makeTape()
        let start = embeddings { differentiable.forward(batch, dropout: dropout, tape: tape, into: $0) }
        let weights = start.indices.map { Float(sin(Double($0) * 12.9898)) }
        weights.withUnsafeBufferPointer { weights in
            if let base = weights.baseAddress {
                differentiable.backward(embeddings: base, dropout: dropout, tape: tape, toInput: true) { _, _, _ in }
            }
        }
        let count = batch.tokenCount * encoder.configuration.hiddenSize
        let gradient = Array(UnsafeBufferPointer(start: tape.gradient, count: count))
        let input = Array(UnsafeBufferPointer(start: tape.embeddingSum, count: count))

        for salt in 0..<5 {
            // Towards where the loss grows, mixed with noise: the products are then well above rounding errors.
            let length = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let direction = gradient.enumerated().map { index, value in
                value / length * 20 + Float(sin(Double(index * (salt + 3)) * 78.233))
            }
            func loss(_ step: Float) -> Double {
                for index in 0..<count { tape.embeddingSum[index] = input[index] + step * direction[index] }
                let found = embeddings { differentiable.forward(dropout: dropout, tape: tape, into: $0) }
                return zip(found, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            }
            let step: Float = 2e-4
            let expected = (loss(step) - loss(-step)) / Double(2 * step)
            let found = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            #expect(abs(found - expected) < 0.01 * abs(expected), "\(found), \(expected)")
        }
    }
}

/// The checkpoint that this module's tests share: its hash takes longer than they do.
enum TestCheckpoint {
    private static let checkpoint = Result { try Checkpoint(directory: TestEncoder.requireDirectory()) }

    static func loaded() throws -> Checkpoint { try checkpoint.get() }
}
