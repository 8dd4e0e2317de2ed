import AllocationCounter
import Foundation
import MatrixMath
import TestEncoder
import Testing
import TocsinCore
import WordPiece

@testable import BERT

@Suite("The encoder in 8-bit integers", .enabled(if: TestEncoder.isPresent, "run models/fetch-encoder"))
struct QuantizedEncoderTests {
    static let checkpoints = Result {
        (
            exact: try Checkpoint(directory: TestEncoder.requireDirectory()),
            quantized: try Checkpoint(directory: TestEncoder.requireDirectory(), precision: .int8)
        )
    }
    static let dataSets = ProcessInfo.processInfo.environment["TOCSIN_DATASETS"]

    let exact: Checkpoint
    let quantized: Checkpoint
    let tokenizer: WordPieceTokenizer

    init() throws {
        (exact, quantized) = try Self.checkpoints.get()
        tokenizer = WordPieceTokenizer(vocabulary: exact.vocabulary, maxTokens: 128)
    }

    private func embeddings(of sequences: [[Int32]], by encoder: Encoder) -> [[Float]] {
        var batch = TokenBatch()
        for ids in sequences { batch.append(ids) }
        let width = encoder.embeddingWidth
        var vectors = [Float](repeating: .nan, count: sequences.count * width)
        vectors.withUnsafeMutableBufferPointer { encoder.embed(batch, using: encoder.makeWorkspace(), into: $0) }
        return sequences.indices.map { Array(vectors[$0 * width..<($0 + 1) * width]) }
    }

    private func cosine(_ a: [Float], _ b: [Float]) -> Double {
        func product(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
    }

    /// Holds the vectors of `texts` to the single-precision ones as the encoder's users are promised.
    private func expectCloseVectors(_ texts: [[UInt8]]) {
        var cosines: [Double] = []
        for start in stride(from: 0, to: texts.count, by: 32) {
            let ids = texts[start..<min(start + 32, texts.count)].map { tokenizer.tokenIDs(of: $0) }
            cosines += zip(embeddings(of: ids, by: exact.encoder), embeddings(of: ids, by: quantized.encoder))
                .map(cosine)
        }
        #expect(cosines.reduce(0, +) / Double(cosines.count) >= 0.995)
        #expect((cosines.min() ?? 0) >= 0.98)
    }

    @Test("vectors are close to those of single precision")
    func closeVectors() throws {
        #expect(exact.encoder.precision == .fp32 && quantized.encoder.precision == .int8)
        expectCloseVectors(try Reference.load().texts.map(\.bytes))
    }

    @Test("so are those of LogHub's lines", .enabled(if: dataSets != nil, "SKIPPED: TOCSIN_DATASETS is not set"))
    func closeVectorsOfLogHub() throws {
        let folder = URL(fileURLWithPath: try #require(Self.dataSets)).appendingPathComponent("loghub_2k")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var lines: [[UInt8]] = []
        for case let file as URL in files where file.pathExtension == "log" {
            let all = try [UInt8](Data(contentsOf: file)).split(separator: 10).map { Array($0) }
            lines += stride(from: 0, to: all.count, by: 100).map { all[$0] }
        }
        try #require(lines.count >= 300, "\(folder.path) has \(lines.count) lines")
        expectCloseVectors(lines)
    }

    @Test("a text has the same vector in every batch, bit for bit")
    func batchInvariance() throws {
        let sequences = try Reference.load().texts.map(\.ids)
        let together = embeddings(of: sequences, by: quantized.encoder)
        for (index, ids) in sequences.enumerated() {
            #expect(embeddings(of: [ids], by: quantized.encoder)[0] == together[index])
        }
    }

    @Test("a pass allocates no memory once there has been one as large", arguments: EncoderPrecision.allCases)
    func steadyState(precision: EncoderPrecision) throws {
        OpenBLAS.threadsPerProduct = 1
        let encoder = precision == .fp32 ? exact.encoder : quantized.encoder
        let workspace = encoder.makeWorkspace()
        var batch = TokenBatch()
        for text in try Reference.load().texts.prefix(12) { batch.append(text.ids) }
        var vectors = [Float](repeating: 0, count: batch.count * encoder.embeddingWidth)
        let allocations = vectors.withUnsafeMutableBufferPointer { buffer in
            encoder.embed(batch, using: workspace, into: buffer)
            let before = allocations_of_this_thread()
            encoder.embed(batch, using: workspace, into: buffer)
            return allocations_of_this_thread() - before
        }
        #expect(allocations == 0)
        let before = allocations_of_this_thread()
        _ = try Reference.load()
        if before >= 0 { #expect(allocations_of_this_thread() > before, "the counter counts nothing") }
    }
}
