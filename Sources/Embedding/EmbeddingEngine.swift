public import BERT
internal import MatrixMath
public import TocsinCore
internal import WordPiece

/// Turns texts into 768-wide vectors: WordPiece, packed BERT forward passes shared by all callers, and a vector cache.
///
/// Texts that are asked for twice, in one batch, at the same time or again later, are computed once.
public final class EmbeddingEngine: Sendable {
    public let options: EmbeddingOptions
    let encoders: EncoderSet
    let tokenizer: WordPieceTokenizer
    let threads: ForwardThreads
    private let version: String

    /// Loads the encoder alone and starts the threads; throws ``CheckpointError``.
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

    /// Computes with the checkpoint alone.
    public convenience init(
        _ checkpoint: Checkpoint, options: EmbeddingOptions = EmbeddingOptions(), version: String = ""
    ) {
        self.init(EncoderSet(checkpoint), options: options, version: version)
    }

    /// - Parameters:
    ///   - version: the program's, for ``info``.
    ///   - onPass: told each forward pass that has ended, on its thread; it must not block.
    public init(
        _ encoders: EncoderSet, options: EmbeddingOptions = EmbeddingOptions(), version: String = "",
        onPass: @escaping @Sendable (ForwardPass) -> Void = { _ in }
    ) {
        OpenBLAS.threadsPerProduct = 1
        self.options = options
        self.encoders = encoders
        self.version = version
        tokenizer = WordPieceTokenizer(
            vocabulary: encoders.checkpoint.vocabulary,
            maxTokens: min(options.maxTextTokens, encoders.checkpoint.configuration.maxPositions))
        threads = ForwardThreads(
            encoders: encoders.encoders, paddingID: encoders.checkpoint.vocabulary.paddingID,
            options: options, onPass: onPass)
    }

    /// What vectors are computed in where a batch leaves it to the engine.
    public var precision: EncoderPrecision { encoders.checkpoint.encoder.precision }

    /// Returns when every thread has computed once with each encoder: before that the first callers wait for weights to
    /// be read.
    public func warmUp() async { await threads.warmUp() }

    /// Embeds a batch; throws ``EmbeddingError``, or `CancellationError` where the task is cancelled.
    ///
    /// Tokens that cannot be computed fail alone, with a row of zeros.
    public func embed(_ batch: EmbedBatch) async throws -> EmbeddedBatch {
        guard let variant = encoders.variants[batch.variant] else {
            throw EmbeddingError.variantNotLoaded(batch.variant, loaded: encoders.names)
        }
        let precision = batch.precision ?? self.precision
        guard precision == .fp32 || precision == self.precision else {
            throw EmbeddingError.precisionNotLoaded(precision, loaded: self.precision)
        }
        guard batch.count <= options.maxBatchTexts else {
            throw EmbeddingError.tooManyTexts(batch.count, limit: options.maxBatchTexts)
        }
        try Task.checkCancellation()
        let encoder = EncoderKey(variant: batch.variant, precision: precision)
        let rows = DistinctRows(batch, for: encoder, check: problem(with:))
        var embeddings = rows.keys.map { threads.cached($0) }

        let tokenizing = ContinuousClock.now
        let requests = rows.keys.indices.compactMap { index in
            embeddings[index] == nil
                ? QueueState.Request(
                    row: index, key: rows.keys[index],
                    tokenIDs: rows.keys[index].tokenIDs ?? tokenizer.tokenIDs(of: rows.keys[index].bytes)) : nil
        }
        var timings = EmbeddingTimings(tokenize: tokenizing.duration(to: .now))
        if !requests.isEmpty {
            let answer = try await threads.compute(requests)
            for (index, embedding) in answer.embeddings { embeddings[index] = embedding }
            timings.queue = answer.timings.queue
            timings.forward = answer.timings.forward
        }
        return assembled(rows, embeddings, by: encoder, sha256: variant.sha256, timings)
    }

    private func assembled(
        _ rows: DistinctRows, _ embeddings: [TextEmbedding?], by encoder: EncoderKey, sha256: String,
        _ timings: EmbeddingTimings
    ) -> EmbeddedBatch {
        let width = encoders.checkpoint.encoder.embeddingWidth
        var vectors = VectorBlock(dimension: width)
        vectors.reserveCapacity(rows: rows.keyOfRow.count)
        var tokenCounts: [Int] = []
        tokenCounts.reserveCapacity(rows.keyOfRow.count)
        for key in rows.keyOfRow {
            guard let key else {
                vectors.append(repeatElement(0, count: width))
                tokenCounts.append(0)
                continue
            }
            guard let embedding = embeddings[key] else {
                preconditionFailure("text \(key) of \(rows.keys.count) was computed and has no embedding")
            }
            vectors.append(embedding.vector)
            tokenCounts.append(embedding.tokenCount)
        }
        return EmbeddedBatch(
            vectors: vectors, tokenCounts: tokenCounts, failures: rows.failures, encoderSHA256: sha256,
            precision: encoder.precision, timings: timings)
    }

    /// Why tokens from outside cannot be computed; nil where they can.
    private func problem(with tokens: ArraySlice<Int32>) -> ItemFailure? {
        guard !tokens.isEmpty else {
            return ItemFailure(.invalidArgument, "the text has no tokens; send at least [CLS] and [SEP]")
        }
        guard tokens.count <= tokenizer.maxTokens else {
            return ItemFailure(
                .limitExceeded,
                "the text has \(tokens.count) tokens, at most \(tokenizer.maxTokens) are taken; cut it and end it in "
                    + "[SEP]")
        }
        let size = encoders.checkpoint.configuration.vocabularySize
        if let id = tokens.first(where: { $0 < 0 || $0 >= size }) {
            return ItemFailure(
                .invalidArgument,
                "token id \(id) is outside the vocabulary of \(size); tokenise with the encoder's own vocab.txt")
        }
        return nil
    }

    /// Limits, the encoder's variants, the kernels that multiply matrices, and what waits at the moment.
    public func info() -> TierInfo {
        let sizes = encoders.checkpoint.configuration
        return TierInfo(
            tier: "embedding", version: version, maxBatchItems: options.maxBatchTexts, maxItemBytes: 1 << 20,
            maxMessageBytes: 64 << 20, openBLASCore: OpenBLAS.coreName,
            models: encoders.names.map { name in
                ModelInfo(
                    name: name.rawValue,
                    algorithm: "BERT, \(sizes.layerCount) layers, \(sizes.hiddenSize) wide, \(precision.rawValue)",
                    version: "1",
                    sha256: encoders.variants[name]?.sha256 ?? "", isActive: name == .base)
            }, queue: threads.queueLength)
    }

    /// What the queue and the cache hold now.
    public var statistics: EmbeddingStatistics { threads.statistics }

    /// Ends every call and then the threads, each after the pass that it is at; calls that come after throw
    /// ``EmbeddingError/shutDown``. A program that exits before that takes OpenBLAS's memory from under a product.
    public func shutDown() async {
        threads.shutDown()
        await threads.join()
    }
}
