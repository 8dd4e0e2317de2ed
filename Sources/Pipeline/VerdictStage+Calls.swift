internal import TocsinCore

/// A model text's embeddings side by side, and the encoders that made them.
struct TextVector: Sendable {
    var values: [Float] = []
    var encoderSHA256s: [String] = []
    /// The least of the encoders'.
    var precision = EncoderPrecision.fp32

    /// This vector with another one after it.
    func joined(with other: TextVector) -> TextVector {
        TextVector(
            values: values + other.values, encoderSHA256s: encoderSHA256s + other.encoderSHA256s,
            precision: precision == .fp32 ? other.precision : precision)
    }
}

extension VerdictStage {
    /// The outcome of each distinct text of `texts`, embedding those that are not remembered.
    ///
    /// - Parameter precision: nil is the embedding tier's own.
    mutating func vectors(
        for texts: [String], precision: EncoderPrecision?
    ) async throws -> [String: ItemResult<TextVector>] {
        let start = now()
        defer { work.embedding += now() - start }
        var outcomes: [String: ItemResult<TextVector>] = [:]
        var missing: [String] = []
        for text in texts where outcomes[text] == nil {
            if let vector = cache.vectors.value(for: TextKey(context: context, precision: precision, text: text)) {
                outcomes[text] = .success(vector)
            } else {
                outcomes[text] = .failure(ItemFailure(.internalFailure, "the text was not embedded"))
                missing.append(text)
            }
        }
        var made = missing.map { _ in ItemResult.success(TextVector()) }
        for variant in model.encoderVariants {
            let next = try await vectors(for: missing, variant: variant, precision: precision)
            made = zip(made, next).map { left, right in left.flatMap { left in right.map(left.joined) } }
        }
        for (text, vector) in zip(missing, made) {
            outcomes[text] = vector
            if case .success(let vector) = vector, isKnown(vector.encoderSHA256s) {
                let key = TextKey(context: context, precision: precision, text: text)
                cache.vectors.insert(vector, for: key, bytes: key.bytes(with: vector))
            }
        }
        return outcomes
    }

    /// The outcome of each text with one variant of the encoder, in the order of `texts`.
    mutating func vectors(
        for texts: [String], variant: EncoderVariant, precision: EncoderPrecision?
    ) async throws -> [ItemResult<TextVector>] {
        work.embeddedTexts += texts.count
        let block = LineBlock(texts)
        let ranges = block.batches(maxItems: limits.embeddingItems, maxBytes: limits.bytes)
        let embedding = tiers.embedding
        let answers = try await ranges.concurrentMap(limit: limits.concurrentCalls) { range in
            let batch = EmbedBatch(texts: block.block(of: range), variant: variant, precision: precision)
            let answer = try await embedding.embed(batch)
            guard answer.vectors.count == range.count else {
                throw TierError.failed(
                    tier: "embedding", reason: "\(answer.vectors.count) vectors came for \(range.count) texts")
            }
            return answer
        }
        return answers.flatMap { answer in
            (0..<answer.vectors.count).map { row in
                if let failure = answer.failures[row] { return .failure(failure) }
                return .success(
                    TextVector(
                        values: Array(answer.vectors[row]), encoderSHA256s: [answer.encoderSHA256],
                        precision: answer.precision))
            }
        }
    }

    /// The verdict on each row, in the order of `rows`, which are all of one `kind`.
    mutating func classify(
        _ rows: [EmbeddedRow], kind: RowKind, schema: FeatureSchema
    ) async throws -> [ItemResult<Prediction>] {
        guard kind.featureCount > 0 else {
            return rows.map { _ in .failure(ItemFailure(.internalFailure, "the parser tier gave no line features")) }
        }
        work.classifiedRows += rows.count
        let batches = stride(from: 0, to: rows.count, by: limits.classifyingItems).map { start in
            batch(of: rows[start..<min(start + limits.classifyingItems, rows.count)], kind: kind, schema: schema)
        }
        let classifying = tiers.classifying
        let answers = try await batches.concurrentMap(limit: limits.concurrentCalls) { batch in
            let answer = try await classifying.classify(batch)
            guard answer.predictions.count == batch.count else {
                throw TierError.failed(
                    tier: "classifier", reason: "\(answer.predictions.count) verdicts came for \(batch.count) rows")
            }
            return answer
        }
        if let model = answers.last?.model { answeringModel = model }
        let predictions = answers.flatMap(\.predictions)
        guard isKnown(kind.encoderSHA256s), answers.allSatisfy({ isKnown($0.model) }) else { return predictions }
        for (row, prediction) in zip(rows, predictions) {
            guard case .success(let verdict) = prediction, !isOpen(prediction, kind.precision) else { continue }
            cache.verdicts.insert(verdict, for: row.key, bytes: row.key.bytes)
        }
        return predictions
    }

    /// Whether the encoders are those that the context of the cache's keys names: while models are being changed, a
    /// replica may compute with others than the one that was asked.
    private func isKnown(_ encoderSHA256s: [String]) -> Bool {
        zip(model.encoderVariants, encoderSHA256s).allSatisfy { variant, sha256 in
            let encoder = infos.embedding.models.first { $0.name == variant.rawValue }
            return encoder.map { $0.sha256 == sha256 } ?? true
        }
    }

    private func isKnown(_ answering: ModelInfo) -> Bool {
        answering.name == model.name && answering.version == model.version && answering.sha256 == model.sha256
    }

    func batch(of rows: ArraySlice<EmbeddedRow>, kind: RowKind, schema: FeatureSchema) -> ClassifyBatch {
        var batch = ClassifyBatch(
            vectors: VectorBlock(dimension: max(kind.vectorDimension, 1)),
            features: VectorBlock(dimension: kind.featureCount),
            modelTexts: LineBlock(), modelTemplates: LineBlock(), logTypes: [], model: model.name,
            featureSchema: schema, encoderSHA256s: kind.encoderSHA256s)
        batch.vectors.reserveCapacity(rows: rows.count)
        for row in rows {
            if kind.vectorDimension > 0 { batch.vectors.append(row.vector.values) }
            batch.features.append(row.key.features)
            batch.modelTexts.append(row.key.modelText.utf8)
            batch.modelTemplates.append(row.key.modelTemplate.utf8)
            batch.logTypes.append(row.key.logType)
        }
        return batch
    }
}
