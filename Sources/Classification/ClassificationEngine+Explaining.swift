internal import LineFeatures
public import TocsinCore

extension ClassificationEngine {
    /// Why each row of the batch has its verdict, in its order; a row whose features are no numbers fails alone.
    ///
    /// A model that keeps no templates shows those of a loaded one that reads the same vectors; one that reads none
    /// shows those nearest to the vectors that came all the same.
    public func explain(_ batch: ExplainBatch) throws(ClassificationError) -> ExplainedBatch {
        let rows = batch.rows
        if let classes = batch.classes, classes.count != rows.count {
            throw .malformedBatch("\(classes.count) classes for \(rows.count) rows; name one for each, or none")
        }
        let (model, isActive) = try model(named: rows.model)
        let classified = try classify(
            model.encoders.isEmpty ? rows.withoutVectors : rows, by: model, isActive: isActive)
        let known = knownTemplates(of: model, encoderSHA256: rows.encoderSHA256s.first)
        var explanations: [ItemResult<RowExplanation>] = []
        for (row, prediction) in classified.predictions.enumerated() {
            switch prediction {
            case .success(let prediction):
                let anomalyClass = batch.classes?[row] ?? prediction.anomalyClass
                var explanation = RowExplanation(prediction: prediction, anomalyClass: anomalyClass)
                do { explanation.margin = try model.marginParts(ofRow: row, in: rows, for: anomalyClass) } catch {
                    throw .failed(model: model.manifest.name, reason: "\(error)")
                }
                if let known {
                    explanation.nearest = known.nearest(to: rows.vectors[row].prefix(FeatureTable.embeddingCount))
                    explanation.isFarFromKnown =
                        Float(explanation.nearest.first?.similarity ?? -1) < known.farSimilarity
                }
                explanation.sentence = explanation.sentence()
                explanations.append(.success(explanation))
            case .failure(let failure): explanations.append(.failure(failure))
            }
        }
        return ExplainedBatch(explanations: explanations, model: classified.model)
    }
}

extension ClassifyBatch {
    fileprivate var withoutVectors: ClassifyBatch {
        var batch = self
        batch.vectors = VectorBlock(dimension: 1)
        batch.encoderSHA256s = []
        return batch
    }
}
