import BERT
import Foundation
import TestEncoder
import Testing

@testable import FineTuning

/// What PyTorch computes in one step; made by `reference/make-reference.py`.
private struct Reference: Decodable {
    var count: Int
    var step: Int
    var label_loss: Double
    var domain_loss: Double
    var norm: Float
    var logits: [Float]
    var texts: [Text]
    var tensors: [Tensor]

    struct Text: Decodable {
        var ids: [Int32]
        var features: [Float]
        var label: Int
        var weight: Float
        var domain: Int
    }

    struct Tensor: Decodable {
        var name: String
        var offset: Int
        var gradient: [Float]
        var updated: [Float]
    }

    static func load() throws -> Reference {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("reference/reference.json")
        return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }

    var examples: [FineTuningExample] {
        texts.map {
            FineTuningExample(
                tokenIDs: $0.ids, features: $0.features, label: $0.label, weight: $0.weight, domain: $0.domain)
        }
    }

    /// Where the learned numbers begin.
    var parameters: [Float] { (0..<count).map { Float(0.05 * sin(0.7 * Double($0) + 0.3)) } }
}

@Suite(.enabled(if: TestEncoder.isPresent)) struct TrainingStepTests {
    private let reference: Reference
    private let tuner: FineTuner

    init() throws {
        reference = try Reference.load()
        var options = FineTuningOptions()
        options.headWidths = [12]
        options.featureCount = 4
        options.domainCount = 3
        options.domainHeadWidths = [10]
        options.dropout = 0
        options.labelSmoothing = 0.1
        options.batchTokens = 1_000
        let checkpoint = try TestCheckpoint.loaded()
        tuner = FineTuner(
            encoder: checkpoint.encoder, encoderSHA256: "", examples: reference.examples, classCount: 7,
            options: options, threads: 2,
            state: FineTuningState(
                fingerprint: "", parameters: reference.parameters, optimizer: AdamW(count: reference.count)))
    }

    @Test("losses, gradients and logits equal PyTorch's within 1e-4 of the largest")
    func gradients() {
        let (losses, gradient) = tuner.gradient(of: reference.examples, reversal: 0.7)
        #expect(abs(losses.label - reference.label_loss) < 1e-4 * reference.label_loss)
        #expect(abs(losses.domain - reference.domain_loss) < 1e-4 * reference.domain_loss)
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(norm - reference.norm) < 1e-4 * reference.norm)
        for tensor in reference.tensors {
            let largest = tensor.gradient.map(abs).max() ?? 0
            for (index, expected) in tensor.gradient.enumerated() {
                let found = gradient[tensor.offset + index * reference.step]
                #expect(abs(found - expected) <= 1e-4 * largest, "\(tensor.name) \(index): \(found), \(expected)")
            }
        }
        for (found, expected) in zip(tuner.logits(reference.examples), reference.logits) {
            #expect(abs(found - expected) < 1e-4)
        }
    }

    @Test("the numbers after a whole step equal PyTorch's within 1e-4")
    func step() {
        var parameters = reference.parameters
        var gradient = tuner.gradient(of: reference.examples, reversal: 0.7).1
        AdamW.clip(&gradient, norm: 0.2)
        var optimizer = AdamW(count: reference.count)
        optimizer.update(
            &parameters, gradient: gradient, learningRate: { _ in 1e-3 }, weightDecay: 0.01,
            decays: tuner.layout.decays)
        for tensor in reference.tensors {
            for (index, expected) in tensor.updated.enumerated() {
                let found = parameters[tensor.offset + index * reference.step]
                #expect(abs(found - expected) <= 1e-4, "\(tensor.name) \(index): \(found), \(expected)")
            }
        }
    }
}
