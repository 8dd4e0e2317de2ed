import BERT
import Foundation
import TestEncoder
import Testing
import TocsinCore
import WordPiece

@testable import Embedding

@Suite("The variants of an encoder", .enabled(if: TestEncoder.isPresent, "run models/fetch-encoder"))
final class EncoderSetTests {
    /// Loaded once for all tests.
    static let checkpoint = Result { try Checkpoint(directory: TestEncoder.requireDirectory()) }

    let checkpoint: Checkpoint
    let models = FileManager.default.temporaryDirectory.appendingPathComponent("models-\(UUID().uuidString)")

    init() throws { checkpoint = try Self.checkpoint.get() }

    deinit { try? FileManager.default.removeItem(at: models) }

    private func write(_ variant: EncoderVariant, encoder: String? = nil) throws {
        let folder = models.appendingPathComponent(variant.rawValue)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try TestAdapters.random(for: checkpoint, encoder: encoder)
            .write(to: folder.appendingPathComponent(EncoderSet.adapterFileName).path)
    }

    @Test("those that are there are loaded, each with vectors of its own, and named by the adapters' hash")
    func present() async throws {
        try write(.lora)
        try write(.hybrid)
        let set = try EncoderSet(checkpoint, modelsDirectory: models.path)
        #expect(set.names == [.base, .lora, .hybrid])
        let engine = EmbeddingEngine(set)
        #expect(engine.info().models.map(\.name) == ["base", "lora", "hybrid"])
        #expect(engine.info().models.map(\.isActive) == [true, false, false])
        // Both variants of one text at once: neither may get the other's vector, from the queue or from the cache.
        for _ in 0..<2 {
            async let base = engine.embed(EmbedBatch(texts: ["disk sda1 is full"]))
            async let lora = engine.embed(EmbedBatch(texts: ["disk sda1 is full"], variant: .lora))
            async let hybrid = engine.embed(EmbedBatch(texts: ["disk sda1 is full"], variant: .hybrid))
            let answers = try await [base, lora, hybrid]
            #expect(Set(answers.map(\.vectors)).count == 3)
            #expect(answers.map(\.encoderSHA256) == engine.info().models.map(\.sha256))
            #expect(Set(answers.map(\.encoderSHA256)).count == 3)
        }
        #expect(engine.statistics.cachedVectors == 3 && engine.statistics.cacheHits == 3)
        await #expect(throws: EmbeddingError.variantNotLoaded(.dann, loaded: [.base, .lora, .hybrid])) {
            try await engine.embed(EmbedBatch(texts: ["a"], variant: .dann))
        }
    }

    @Test("one that is asked for by name must be there; others are not loaded")
    func named() throws {
        try write(.lora)
        try write(.dann)
        #expect(try EncoderSet(checkpoint, modelsDirectory: models.path, variants: [.dann]).names == [.base, .dann])
        #expect(throws: CheckpointError.self) {
            try EncoderSet(checkpoint, modelsDirectory: models.path, variants: [.hybrid])
        }
    }

    @Test("adapters of another encoder are left out with the reason, unless they were asked for")
    func otherEncoder() throws {
        try write(.lora, encoder: "another")
        let set = try EncoderSet(checkpoint, modelsDirectory: models.path)
        #expect(set.names == [.base])
        #expect("\(set.leftOut[.lora], default: "")".contains("another"))
        #expect(throws: CheckpointError.self) {
            try EncoderSet(checkpoint, modelsDirectory: models.path, variants: [.lora])
        }
    }

    @Test("a damaged file is refused, not left out")
    func damaged() throws {
        try write(.lora)
        let path = models.appendingPathComponent("lora/\(EncoderSet.adapterFileName)")
        try Data(contentsOf: path).dropLast(1).write(to: path)
        #expect(throws: CheckpointError.self) { try EncoderSet(checkpoint, modelsDirectory: models.path) }
    }

    @Test("a folder that is not there has no variants")
    func noFolder() throws {
        #expect(try EncoderSet(checkpoint, modelsDirectory: models.path).names == [.base])
    }
}

@Suite("Texts whose tokens the caller knows", .enabled(if: TestEncoder.isPresent, "run models/fetch-encoder"))
struct TokenInputTests {
    let engine: EmbeddingEngine
    let tokenizer: WordPieceTokenizer

    init() throws {
        let checkpoint = try EncoderSetTests.checkpoint.get()
        engine = EmbeddingEngine(checkpoint)
        tokenizer = WordPieceTokenizer(vocabulary: checkpoint.vocabulary)
    }

    @Test("they get the vectors of their texts")
    func sameVectors() async throws {
        let texts: LineBlock = ["link eth0 is down", "fan 3 failed", "link eth0 is down", ""]
        var tokens = TokenBlock()
        for text in texts { tokens.append(tokenizer.tokenIDs(of: text)) }
        let ofTexts = try await engine.embed(EmbedBatch(texts: texts))
        let ofTokens = try await engine.embed(EmbedBatch(tokens: tokens))
        #expect(ofTokens.tokenCounts == ofTexts.tokenCounts)
        for (a, b) in zip(ofTokens.vectors.values, ofTexts.vectors.values) { #expect(abs(a - b) < 1e-5) }
        #expect(ofTokens.failures.isEmpty && ofTokens.timings.tokenize < .milliseconds(50))
    }

    @Test("they are computed as they are: no special token is added or missed")
    func asGiven() async throws {
        let answer = try await engine.embed(EmbedBatch(tokens: block([[2000], [101, 2000, 102], [2000, 2000]])))
        #expect(answer.tokenCounts == [1, 3, 2] && answer.failures.isEmpty)
        #expect(answer.vectors[0] != answer.vectors[1])
    }

    @Test("ids outside the vocabulary, no ids and too many ids fail alone, with a reason and a row of zeros")
    func wrong() async throws {
        let size = Int32(try EncoderSetTests.checkpoint.get().configuration.vocabularySize)
        let texts = [[101, 102], [101, size, 102], [], [-1], Array(repeating: 101, count: 129), [101, 102]]
        let answer = try await engine.embed(EmbedBatch(tokens: block(texts)))
        #expect(answer.vectors.count == 6)
        #expect(
            answer.failures.mapValues(\.code) == [
                1: .invalidArgument, 2: .invalidArgument, 3: .invalidArgument, 4: .limitExceeded,
            ])
        #expect(answer.failures[1]?.description.contains("token id \(size) is outside the vocabulary") == true)
        #expect(answer.failures[4]?.description.contains("129 tokens, at most 128") == true)
        #expect(answer.vectors[0] == answer.vectors[5] && answer.vectors[0].contains { $0 != 0 })
        for row in 1...4 { #expect(answer.vectors[row].allSatisfy { $0 == 0 } && answer.tokenCounts[row] == 0) }
    }

    @Test("a batch of nothing but wrong texts is answered without a pass")
    func allWrong() async throws {
        let answer = try await engine.embed(EmbedBatch(tokens: block([[], [-5]])))
        #expect(answer.failures.count == 2 && answer.timings.forward == .zero)
    }

    private func block(_ texts: [[Int32]]) -> TokenBlock {
        var block = TokenBlock()
        for text in texts { block.append(text) }
        return block
    }
}
