import MatrixMath
import TestEncoder
import Testing
import WordPiece

@testable import BERT

@Suite("The encoder", .enabled(if: TestEncoder.isPresent, "run models/fetch-encoder"))
struct EncoderTests {
    /// Loaded once for all tests.
    static let checkpoint = Result { try Checkpoint(directory: TestEncoder.requireDirectory()) }

    let checkpoint: Checkpoint
    let reference: Reference
    let tokenizer: WordPieceTokenizer

    init() throws {
        checkpoint = try Self.checkpoint.get()
        reference = try Reference.load()
        tokenizer = WordPieceTokenizer(vocabulary: checkpoint.vocabulary, maxTokens: reference.max_tokens)
    }

    /// Row-major `[texts, embeddingWidth]`.
    private func embeddings(of sequences: [[Int32]], using workspace: Workspace? = nil) -> [Float] {
        var batch = TokenBatch()
        for ids in sequences { batch.append(ids) }
        let workspace = workspace ?? checkpoint.encoder.makeWorkspace()
        let count = sequences.count * checkpoint.encoder.embeddingWidth
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            buffer.initialize(repeating: .nan)
            checkpoint.encoder.embed(batch, using: workspace, into: buffer)
            initialized = count
        }
    }

    @Test("token ids are Hugging Face's")
    func tokenIDs() {
        for text in reference.texts {
            #expect(tokenizer.tokenIDs(of: text.bytes) == text.ids, "of '\(text.text)'")
        }
    }

    @Test("vectors are Hugging Face's within 1e-4")
    func vectors() throws {
        try #require(checkpoint.sha256 == reference.weights_sha256, "the reference is of other weights")
        let vectors = embeddings(of: reference.texts.map(\.ids))
        var largest: Float = 0
        for (index, text) in reference.texts.enumerated() {
            for (component, expected) in text.vector.enumerated() {
                let found = vectors[index * checkpoint.encoder.embeddingWidth + component * text.step]
                largest = max(largest, abs(found - expected))
            }
        }
        #expect(largest < 1e-4)
    }

    @Test("a batch gives the vectors of its texts one by one")
    func batchInvariance() {
        let sequences = reference.texts.map(\.ids)
        let together = embeddings(of: sequences)
        let width = checkpoint.encoder.embeddingWidth
        for (index, ids) in sequences.enumerated() {
            let alone = embeddings(of: [ids])
            let largest = alone.map(abs).max() ?? 0
            for component in 0..<width {
                #expect(abs(alone[component] - together[index * width + component]) <= 1e-5 * largest)
            }
        }
    }

    @Test("a workspace that has seen another batch gives the same vectors")
    func workspaceIsClean() {
        let workspace = checkpoint.encoder.makeWorkspace()
        let long = reference.texts.map(\.ids).max { $0.count < $1.count } ?? []
        _ = embeddings(of: [long, long, long], using: workspace)
        let short = reference.texts[0].ids
        #expect(embeddings(of: [short], using: workspace) == embeddings(of: [short]))
    }

    @Test("the second half of a 384-wide encoder's embedding is the mean of all tokens")
    func pooling() {
        let ids = reference.texts[0].ids
        var batch = TokenBatch()
        batch.append(ids)
        let workspace = checkpoint.encoder.makeWorkspace()
        let width = checkpoint.configuration.hiddenSize
        let embedding = embeddings(of: [ids])
        checkpoint.encoder.withLastHiddenState(of: batch, using: workspace) { hidden in
            for component in 0..<width {
                #expect(embedding[component] == hidden.base[component])
                var mean: Float = 0
                for row in 0..<hidden.rows { mean += hidden.base[row * width + component] / Float(hidden.rows) }
                #expect(abs(embedding[width + component] - mean) < 1e-5)
            }
        }
    }

    @Test("an empty batch is no work")
    func emptyBatch() {
        #expect(embeddings(of: []) == [])
    }
}
