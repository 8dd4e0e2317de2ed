internal import TocsinCore

/// A model text's embedding and the encoder that made it.
struct TextVector: Sendable {
    var values: [Float]
    var encoderSHA256: String
}

extension VerdictStage {
    /// The outcome of each distinct text of `texts`, embedding those that are not remembered.
    mutating func vectors(for texts: [String]) async throws -> [String: ItemResult<TextVector>] {
        let start = now()
        defer { work.embedding += now() - start }
        var outcomes: [String: ItemResult<TextVector>] = [:]
        var missing: [String] = []
        for text in texts where outcomes[text] == nil {
            if let vector = cache.vectors.value(for: TextKey(context: context, text: text)) {
                outcomes[text] = .success(vector)
            } else {
                outcomes[text] = .failure(ItemFailure(.internalFailure, "the text was not embedded"))
                missing.append(text)
            }
        }
        work.embeddedTexts += missing.count

        let block = LineBlock(missing)
        let ranges = block.batches(maxItems: limits.embeddingItems, maxBytes: limits.bytes)
        let embedding = tiers.embedding
        let variant = variant
        let answers = try await ranges.concurrentMap(limit: limits.concurrentCalls) { range in
            let batch = EmbedBatch(texts: block.block(of: range), variant: variant)
            let answer = try await embedding.embed(batch)
            guard answer.vectors.count == range.count else {
                throw TierError.failed(
                    tier: "embedding", reason: "\(answer.vectors.count) vectors came for \(range.count) texts")
            }
            return answer
        }
        for (range, answer) in zip(ranges, answers) {
            for (row, index) in range.enumerated() {
                if let failure = answer.failures[row] {
                    outcomes[missing[index]] = .failure(failure)
                } else {
                    let vector = TextVector(
                        values: Array(answer.vectors[row]), encoderSHA256: answer.encoderSHA256)
                    outcomes[missing[index]] = .success(vector)
                    guard isKnown(vector.encoderSHA256) else { continue }
                    let key = TextKey(context: context, text: missing[index])
                    cache.vectors.insert(vector, for: key, bytes: key.bytes(with: vector))
                }
            }
        }
        return outcomes
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
        guard isKnown(kind.encoderSHA256), answers.allSatisfy({ isKnown($0.model) }) else { return predictions }
        for (row, prediction) in zip(rows, predictions) {
            guard case .success(let prediction) = prediction else { continue }
            cache.verdicts.insert(prediction, for: row.key, bytes: row.key.bytes)
        }
        return predictions
    }

    /// The variant whose head the model is; `base` where it is none.
    var variant: EncoderVariant { EncoderVariant(rawValue: model.name) ?? .base }

    /// Whether the encoder is the one that the context of the cache's keys names: while models are being changed, a
    /// replica may compute with others than the one that was asked.
    private func isKnown(_ encoderSHA256: String) -> Bool {
        let encoder = infos.embedding.models.first { $0.name == variant.rawValue }
        return encoder.map { $0.sha256 == encoderSHA256 } ?? true
    }

    private func isKnown(_ answering: ModelInfo) -> Bool {
        answering.name == model.name && answering.version == model.version && answering.sha256 == model.sha256
    }

    func batch(of rows: ArraySlice<EmbeddedRow>, kind: RowKind, schema: FeatureSchema) -> ClassifyBatch {
        var batch = ClassifyBatch(
            vectors: VectorBlock(dimension: kind.vectorDimension),
            features: VectorBlock(dimension: kind.featureCount),
            modelTexts: LineBlock(), modelTemplates: LineBlock(), logTypes: [], model: model.name,
            featureSchema: schema, encoderSHA256: kind.encoderSHA256)
        batch.vectors.reserveCapacity(rows: rows.count)
        for row in rows {
            batch.vectors.append(row.vector.values)
            batch.features.append(row.key.features)
            batch.modelTexts.append(row.key.modelText.utf8)
            batch.modelTemplates.append(row.key.modelTemplate.utf8)
            batch.logTypes.append(row.key.logType)
        }
        return batch
    }
}
