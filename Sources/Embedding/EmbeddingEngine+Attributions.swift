internal import BERT
internal import BERTGradients
internal import LineFeatures
public import TocsinCore
internal import WordPiece

extension EmbeddingEngine {
    /// Shares out what each text's vector says for a class, or in a direction, among the text's tokens; throws
    /// ``EmbeddingError``, or `CancellationError` where the task is cancelled.
    ///
    /// It is computed on the threads of the forward passes, in single precision whatever the encoder's is. A text whose
    /// target is wrong fails alone.
    public func attribute(_ batch: AttributeBatch) async throws -> AttributedBatch {
        guard let variant = encoders.variants[batch.variant] else {
            throw EmbeddingError.variantNotLoaded(batch.variant, loaded: encoders.names)
        }
        guard batch.count <= options.maxQueuedAttributions else {
            throw EmbeddingError.tooManyTexts(batch.count, limit: options.maxQueuedAttributions)
        }
        var answer = AttributedBatch(
            texts: Array(repeating: TextAttribution(), count: batch.count), encoderSHA256: variant.sha256)
        let scores = try scores(of: batch, variant)
        if case .classes = batch.targets { answer.headSHA256 = variant.head?.sha256 ?? "" }
        try Task.checkCancellation()

        let tokenizing = ContinuousClock.now
        var requests: [WaitingAttributions.Request] = []
        for (row, score) in scores.enumerated() {
            switch score {
            case .success(let score):
                requests.append(
                    WaitingAttributions.Request(
                        row: row, variant: batch.variant, tokenIDs: tokenizer.tokenIDs(of: batch.texts[row]),
                        score: score))
            case .failure(let failure): answer.failures[row] = failure
            }
        }
        answer.timings.tokenize = tokenizing.duration(to: .now)
        guard !requests.isEmpty else { return answer }
        let computed = try await threads.attribute(requests)
        answer.timings.queue = computed.timings.queue
        answer.timings.forward = computed.timings.forward
        for request in requests {
            guard let found = computed.attributions[request.row] else {
                preconditionFailure("text \(request.row) was weighed and has no attributions")
            }
            guard found.completenessError <= IntegratedGradients.completeness else {
                answer.failures[request.row] = ItemFailure(
                    .internalFailure,
                    "the attributions leave \(found.completenessError) of the score unexplained after "
                        + "\(found.pointCount) points; expected at most \(IntegratedGradients.completeness)")
                continue
            }
            answer.texts[request.row] = TextAttribution(
                tokens: request.tokenIDs.map { tokenizer.vocabulary.pieces[Int($0)] }, values: found.values,
                score: found.score, baselineScore: found.baselineScore)
        }
        return answer
    }

    /// What is shared out of each text, or why that cannot be.
    private func scores(
        of batch: AttributeBatch, _ variant: EncoderSet.Variant
    ) throws(EmbeddingError) -> [ItemResult<VectorScore>] {
        switch batch.targets {
        case .directions(let directions):
            let width = variant.encoder.embeddingWidth
            guard directions.count == batch.count, directions.dimension == width else {
                throw .unfitTargets(
                    "there are \(directions.count) directions of \(directions.dimension) components for "
                        + "\(batch.count) texts; send one of \(width) for each")
            }
            return (0..<batch.count).map { row in
                guard directions[row].allSatisfy(\.isFinite) else {
                    return .failure(
                        ItemFailure(.invalidArgument, "the direction holds a number that is not finite; mend it"))
                }
                return .success(.direction(Array(directions[row])))
            }
        case .classes(let classes, let lineFeatures):
            guard let head = variant.head else { throw .noHead(batch.variant) }
            guard classes.count == batch.count else {
                throw .unfitTargets("there are \(classes.count) classes for \(batch.count) texts; send one for each")
            }
            if let lineFeatures {
                guard lineFeatures.count == batch.count, lineFeatures.dimension == FeatureTable.lineFeatureCount else {
                    throw .unfitTargets(
                        "there are \(lineFeatures.count) rows of \(lineFeatures.dimension) line features for "
                            + "\(batch.count) texts; send \(FeatureTable.lineFeatureCount) for each")
                }
            }
            return classes.enumerated().map { row, classIndex in
                guard 0..<head.classCount ~= classIndex else {
                    return .failure(
                        ItemFailure(
                            .invalidArgument,
                            "class \(classIndex) is none of the head's; name one from 0 to \(head.classCount - 1)"))
                }
                guard let score = head.logOdds(ofClass: classIndex, lineFeatures: lineFeatures?[row]) else {
                    return .failure(
                        ItemFailure(
                            .invalidArgument,
                            "the head of '\(batch.variant.rawValue)' reads \(head.featureNames.joined(separator: ", ")), "
                                + "which are not there or not finite; send the line's features"))
                }
                return .success(score)
            }
        }
    }
}
