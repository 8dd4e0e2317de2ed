import AllocationCounter
import Foundation
import MatrixMath
import TestEncoder
import Testing
import TocsinCore
import WordPiece

@testable import BERT

@Suite("A pass that threads share", .enabled(if: TestEncoder.isPresent, "run models/fetch-encoder"))
struct SharedPassTests {
    static let encoders = Result {
        try EncoderPrecision.allCases.map {
            try Checkpoint(directory: TestEncoder.requireDirectory(), precision: $0).encoder
        }
    }

    let texts: [[Int32]]

    init() throws {
        OpenBLAS.threadsPerProduct = 1
        texts = try Reference.load().texts.map(\.ids)
    }

    private func encoder(_ precision: EncoderPrecision) throws -> Encoder {
        try #require(try Self.encoders.get().first { $0.precision == precision })
    }

    private func batch(_ texts: [[Int32]]) -> TokenBatch {
        var batch = TokenBatch()
        for ids in texts { batch.append(ids) }
        return batch
    }

    private func alone(_ batch: TokenBatch, _ encoder: Encoder) -> [Float] {
        var vectors = [Float](repeating: .nan, count: batch.count * encoder.embeddingWidth)
        vectors.withUnsafeMutableBufferPointer { encoder.embed(batch, using: encoder.makeWorkspace(), into: $0) }
        return vectors
    }

    /// What the pass gives when `helpers` threads join it, each when it gets to run.
    private func shared(_ batch: TokenBatch, _ encoder: Encoder, threads: Int, helpers: Int) -> [Float] {
        let pass = SharedPass(encoder, batch, threads: threads, using: encoder.makeWorkspace())
        let group = DispatchGroup()
        for _ in 0..<helpers {
            group.enter()
            Thread {
                pass.help(using: encoder.makeWorkspace())
                group.leave()
            }.start()
        }
        var vectors = [Float](repeating: .nan, count: batch.count * encoder.embeddingWidth)
        vectors.withUnsafeMutableBufferPointer { pass.embed(into: $0) }
        group.wait()
        return vectors
    }

    @Test(
        "a text has the vector that it has without help, bit for bit, whoever computes what",
        arguments: EncoderPrecision.allCases, [(1, 0), (2, 0), (2, 1), (3, 5)])
    func sameVectors(precision: EncoderPrecision, crew: (threads: Int, helpers: Int)) throws {
        let encoder = try encoder(precision)
        for ids in texts.prefix(12) {
            let batch = batch([ids])
            #expect(
                shared(batch, encoder, threads: crew.threads, helpers: crew.helpers) == alone(batch, encoder),
                "\(ids.count) tokens")
        }
    }

    @Test("several texts may be shared too", arguments: EncoderPrecision.allCases)
    func severalTexts(precision: EncoderPrecision) throws {
        let encoder = try encoder(precision)
        let batch = batch([[], texts[0], texts[1], [], texts[2]] + texts)
        let expected = alone(batch, encoder)
        let largest = expected.map(abs).max() ?? 0
        for (found, expected) in zip(shared(batch, encoder, threads: 3, helpers: 2), expected) {
            #expect(abs(found - expected) <= 1e-5 * largest)
        }
    }

    @Test("a helper that comes after the end changes nothing and returns")
    func lateHelper() throws {
        let encoder = try encoder(.fp32)
        let workspace = encoder.makeWorkspace()
        let batch = batch([texts[0]])
        let pass = SharedPass(encoder, batch, threads: 2, using: workspace)
        var vectors = [Float](repeating: .nan, count: encoder.embeddingWidth)
        vectors.withUnsafeMutableBufferPointer { pass.embed(into: $0) }
        let before = vectors
        pass.help(using: encoder.makeWorkspace())
        #expect(vectors == before && vectors == alone(batch, encoder))
    }

    @Test("the pass itself allocates no memory", arguments: EncoderPrecision.allCases)
    func steadyState(precision: EncoderPrecision) throws {
        let encoder = try encoder(precision)
        let workspace = encoder.makeWorkspace()
        let batch = batch([texts[0]])
        var vectors = [Float](repeating: 0, count: encoder.embeddingWidth)
        let allocations = vectors.withUnsafeMutableBufferPointer { buffer in
            SharedPass(encoder, batch, threads: 2, using: workspace).embed(into: buffer)
            let pass = SharedPass(encoder, batch, threads: 2, using: workspace)
            let before = allocations_of_this_thread()
            pass.embed(into: buffer)
            return allocations_of_this_thread() - before
        }
        #expect(allocations == 0)
    }
}
