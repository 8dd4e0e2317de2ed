internal import Foundation
internal import TocsinCore

extension VerdictStage {
    /// One explanation a line of `parsed`, in its order.
    mutating func explanations(
        of parsed: ParsedBatch, for anomalyClass: AnomalyClass?
    ) async throws -> [ItemResult<LineExplanation>] {
        var results: [ItemResult<LineExplanation>] = []
        var explained: [ExplainedLine] = []
        for (index, line) in parsed.lines.enumerated() {
            switch line {
            case .failure(let failure): results.append(.failure(failure))
            case .success(let line):
                let row = try await explain(line, for: anomalyClass, schema: parsed.featureSchema)
                results.append(.failure(ItemFailure(.internalFailure, "the line was not explained")))
                switch row {
                case .success(let row): explained.append(ExplainedLine(index: index, parsed: line, row: row))
                case .failure(let failure): results[index] = .failure(failure)
                }
            }
        }
        let words = try await words(of: explained, schema: parsed.featureSchema)
        for (line, words) in zip(explained, words) {
            results[line.index] = words.map { words in
                var row = line.row
                row.sentence = row.sentence(words: words)
                return LineExplanation(
                    analysis: LineAnalysis(parsed: line.parsed, prediction: row.prediction), row: row,
                    wordMethod: method(of: line), words: words)
            }
        }
        return results
    }

    /// A line that the classifying tier explained.
    private struct ExplainedLine {
        var index: Int
        var parsed: ParsedLine
        var row: RowExplanation
        var text: WordText { WordText(parsed.modelText) }
    }

    /// The explanation of the verdict that an analysis gives.
    private mutating func explain(
        _ line: ParsedLine, for anomalyClass: AnomalyClass?, schema: FeatureSchema
    ) async throws -> ItemResult<RowExplanation> {
        let (row, precision) = try await explain(line, for: anomalyClass, schema: schema, precision: nil)
        guard isOpen(row.map(\.prediction), precision) else { return row }
        return try await explain(line, for: anomalyClass, schema: schema, precision: .fp32).row
    }

    /// The explanation of the verdict by vectors of one precision, and which it was.
    private mutating func explain(
        _ line: ParsedLine, for anomalyClass: AnomalyClass?, schema: FeatureSchema, precision: EncoderPrecision?
    ) async throws -> (row: ItemResult<RowExplanation>, EncoderPrecision) {
        // A model that reads no vectors still has nearest templates: those of the base encoder.
        let outcome =
            model.encoderVariants.isEmpty
            ? try await vectors(for: [line.modelText], variant: .base, precision: precision)[0]
            : try await vectors(for: [line.modelText], precision: precision)[line.modelText]
        let vector: TextVector
        switch outcome {
        case .success(let found): vector = found
        case .failure(let failure): return (.failure(failure), .fp32)
        case nil: return (.failure(ItemFailure(.internalFailure, "the text was not embedded")), .fp32)
        }
        let start = now()
        defer { work.classifying += now() - start }
        let row = EmbeddedRow(index: 0, key: VerdictKey(line, context: context), vector: vector)
        let rows = batch(of: [row][...], kind: RowKind(row), schema: schema)
        let answer = try await tiers.classifying.explain(ExplainBatch(rows: rows, classes: anomalyClass.map { [$0] }))
        guard answer.explanations.count == 1 else {
            throw TierError.failed(
                tier: "classifier", reason: "\(answer.explanations.count) explanations came for 1 row")
        }
        work.classifiedRows += 1
        answeringModel = answer.model
        return (answer.explanations[0], vector.precision)
    }

    /// The variant of the encoder that was trained with the model's head; nil where the model is no such head alone.
    private var adaptedVariant: EncoderVariant? {
        model.encoderVariants.count == 1 ? model.encoderVariants.first { $0 != .base } : nil
    }

    /// The way to words that suits the model and what it said of the line.
    private func method(of line: ExplainedLine) -> WordMethod {
        if adaptedVariant != nil { return .integratedGradients }
        return line.row.margin?.words.isEmpty ?? true ? .occlusion : .exact
    }

    private mutating func words(
        of lines: [ExplainedLine], schema: FeatureSchema
    ) async throws -> [ItemResult<[WordContribution]>] {
        if let adaptedVariant { return try await attributions(of: lines, adaptedVariant) }
        let occluded = try await occlusions(of: lines.filter { method(of: $0) == .occlusion }, schema: schema)
        return lines.map { occluded[$0.index] ?? .success($0.row.margin?.words ?? []) }
    }

    /// What each word adds by the gradients of an encoder that was trained with a head.
    private mutating func attributions(
        of lines: [ExplainedLine], _ variant: EncoderVariant
    ) async throws -> [ItemResult<[WordContribution]>] {
        guard let featureCount = lines.first?.parsed.features.count, featureCount > 0 else { return [] }
        let start = now()
        defer { work.embedding += now() - start }
        var features = VectorBlock(dimension: featureCount)
        for line in lines { features.append(line.parsed.features) }
        let answer = try await tiers.embedding.attribute(
            AttributeBatch(
                texts: LineBlock(lines.map(\.parsed.modelText)), variant: variant,
                targets: .classes(lines.map(\.row.anomalyClass.rawValue), lineFeatures: features)))
        guard answer.texts.count == lines.count else {
            throw TierError.failed(
                tier: "embedding", reason: "\(answer.texts.count) attributions came for \(lines.count) texts")
        }
        return lines.indices.map { row in
            if let failure = answer.failures[row] { return .failure(failure) }
            return .success(lines[row].text.contributions(of: answer.texts[row]))
        }
    }

    /// What each word adds by how the verdict changes without it, by the index of the line; the line's features stay as
    /// they are.
    private mutating func occlusions(
        of lines: [ExplainedLine], schema: FeatureSchema
    ) async throws -> [Int: ItemResult<[WordContribution]>] {
        var variants: [ItemResult<ParsedLine>] = []
        for line in lines {
            let text = line.text
            for word in 0..<text.readCount {
                var variant = line.parsed
                variant.modelText = text.without([word])
                variants.append(.success(variant))
            }
        }
        guard !variants.isEmpty else { return [:] }
        var verdicts = try await results(for: ParsedBatch(lines: variants, featureSchema: schema))[...]
        var words: [Int: ItemResult<[WordContribution]>] = [:]
        for line in lines {
            let text = line.text
            let index = line.row.anomalyClass.rawValue
            let whole = logOdds(line.row.prediction.probabilities[index])
            let own = verdicts.prefix(text.readCount)
            verdicts = verdicts.dropFirst(text.readCount)
            if let failure = own.lazy.compactMap(\.failure).first {
                words[line.index] = .failure(failure)
                continue
            }
            let contributions = own.compactMap { try? $0.get() }.map {
                whole - logOdds($0.prediction.probabilities[index])
            }
            let rest = [Double](repeating: 0, count: text.words.count - text.readCount)
            words[line.index] = .success(zip(text.words, contributions + rest).map { WordContribution($0, $1) })
        }
        return words
    }
}

/// `log(p / (1 - p))`; near 0 and 1, where single precision tells probabilities no longer apart, as of those bounds.
private func logOdds(_ probability: Float) -> Double {
    let bounded = min(max(Double(probability), 1e-6), 1 - 1e-6)
    return log(bounded / (1 - bounded))
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { return failure }
        return nil
    }
}
