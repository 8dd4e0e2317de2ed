public import BERT
internal import MatrixMath
public import TocsinCore
internal import WordPiece

/// Turns texts into 768-wide vectors: WordPiece, packed BERT forward passes shared by all callers, and a vector cache.
///
/// Texts that are asked for twice, in one batch, at the same time or again later, are computed once.
public final class EmbeddingEngine: Sendable {
    public let options: EmbeddingOptions
    private let checkpoint: Checkpoint
    private let tokenizer: WordPieceTokenizer
    private let threads: ForwardThreads
    private let version: String

    /// Loads the encoder and starts the threads; throws ``CheckpointError``.
    ///
    /// - Parameters:
    ///   - encoderDirectory: a BERT checkpoint.
    ///   - version: the program's, for ``info``.
    public convenience init(
        encoderDirectory: String, precision: EncoderPrecision = .fp32,
        options: EmbeddingOptions = EmbeddingOptions(), version: String = ""
    ) throws(CheckpointError) {
        self.init(try Checkpoint(directory: encoderDirectory, precision: precision), options: options, version: version)
    }

    public init(_ checkpoint: Checkpoint, options: EmbeddingOptions = EmbeddingOptions(), version: String = "") {
        OpenBLAS.threadsPerProduct = 1
        self.options = options
        self.checkpoint = checkpoint
        self.version = version
        tokenizer = WordPieceTokenizer(
            vocabulary: checkpoint.vocabulary,
            maxTokens: min(options.maxTextTokens, checkpoint.configuration.maxPositions))
        threads = ForwardThreads(encoder: checkpoint.encoder, options: options)
    }

    /// Returns when every thread has computed once: before that the first callers wait for weights to be read.
    public func warmUp() async { await threads.warmUp() }

    /// Embeds a batch; throws ``EmbeddingError``, or `CancellationError` where the task is cancelled.
    public func embed(_ batch: EmbedBatch) async throws -> EmbeddedBatch {
        guard batch.variant == .base else { throw EmbeddingError.variantNotLoaded(batch.variant, loaded: [.base]) }
        guard batch.texts.count <= options.maxBatchTexts else {
            throw EmbeddingError.tooManyTexts(batch.texts.count, limit: options.maxBatchTexts)
        }
        try Task.checkCancellation()
        let (keys, keyOfRow) = distinct(batch)
        var embeddings = threads.cached(keys)

        let tokenizing = ContinuousClock.now
        let requests = keys.indices.compactMap { index in
            embeddings[index] == nil
                ? QueueState.Request(
                    row: index, key: keys[index], tokenIDs: tokenizer.tokenIDs(of: keys[index].text)) : nil
        }
        var timings = EmbeddingTimings(tokenize: tokenizing.duration(to: .now))
        if !requests.isEmpty {
            let answer = try await threads.compute(requests)
            for (index, embedding) in answer.embeddings { embeddings[index] = embedding }
            timings.queue = answer.timings.queue
            timings.forward = answer.timings.forward
        }

        var vectors = VectorBlock(dimension: checkpoint.encoder.embeddingWidth)
        vectors.reserveCapacity(rows: batch.texts.count)
        var tokenCounts: [Int] = []
        tokenCounts.reserveCapacity(batch.texts.count)
        for key in keyOfRow {
            guard let embedding = embeddings[key] else {
                preconditionFailure("text \(key) of \(keys.count) was computed and has no embedding")
            }
            vectors.append(embedding.vector)
            tokenCounts.append(embedding.tokenCount)
        }
        return EmbeddedBatch(
            vectors: vectors, tokenCounts: tokenCounts, encoderSHA256: checkpoint.sha256, timings: timings)
    }

    /// Limits, the encoder, and the kernels that multiply matrices.
    public func info() -> TierInfo {
        let sizes = checkpoint.configuration
        return TierInfo(
            tier: "embedding", version: version, maxBatchItems: options.maxBatchTexts, maxItemBytes: 1 << 20,
            maxMessageBytes: 64 << 20, openBLASCore: OpenBLAS.coreName,
            models: [
                ModelInfo(
                    name: EncoderVariant.base.rawValue,
                    algorithm:
                        "BERT, \(sizes.layerCount) layers, \(sizes.hiddenSize) wide, \(checkpoint.encoder.precision.rawValue)",
                    version: "1",
                    sha256: checkpoint.sha256, isActive: true)
            ])
    }

    /// What the queue and the cache hold now.
    public var statistics: EmbeddingStatistics { threads.statistics }

    /// Ends every call and the threads; calls that come after throw ``EmbeddingError/shutDown``.
    public func shutDown() { threads.shutDown() }

    /// The different texts of a batch, and which of them each row is.
    private func distinct(_ batch: EmbedBatch) -> (keys: [TextKey], keyOfRow: [Int]) {
        var keys: [TextKey] = []
        var indexOfKey: [TextKey: Int] = [:]
        let keyOfRow = batch.texts.map { text in
            let key = TextKey(variant: batch.variant, text: Array(text))
            if let known = indexOfKey[key] { return known }
            indexOfKey[key] = keys.count
            keys.append(key)
            return keys.count - 1
        }
        return (keys, keyOfRow)
    }
}
