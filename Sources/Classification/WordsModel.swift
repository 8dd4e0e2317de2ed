internal import Heads
internal import LineFeatures
internal import TocsinCore

/// A loaded logistic regression over the words of the model text and line features; it reads no vectors.
struct WordsModel: ServingModel {
    let manifest: ModelManifest
    let sha256: String
    private let head: WordsHead
    /// The line features that the head reads, by their positions among the 22.
    private let featureColumns: [Int]

    init(_ artifact: ModelArtifact) throws(ModelError) {
        let file = WordsHead.fileName
        guard let bytes = artifact.files[file] else {
            throw .missingFile(path: file, reason: "the manifest of '\(artifact.manifest.name)' does not name it")
        }
        do throws(HeadError) {
            head = try WordsHead(encoded: bytes, classCount: AnomalyClass.count)
            featureColumns = try head.features.columns(among: FeatureTable.lineFeatures.map(\.name))
        } catch {
            throw .unusable(path: file, reason: "\(error)")
        }
        manifest = artifact.manifest
        sha256 = artifact.sha256
    }

    var encoders: [ModelEncoder] { [] }

    func margins(_ batch: ClassifyBatch) -> [ItemResult<[Float]>] {
        batch.modelTexts.enumerated().map { row, text in
            let scaled = head.features.scaled(batch.features[row], columns: featureColumns)
            guard scaled.allSatisfy(\.isFinite) else {
                return .failure(
                    ItemFailure(
                        .invalidArgument,
                        "one of \(head.features.map(\.name)) is a number that is not finite; mend what computed it"))
            }
            return .success(head.logits(String(decoding: text, as: UTF8.self), scaledFeatures: scaled))
        }
    }

    /// A logit is the sum of what the text's words and the line's features add.
    func marginParts(ofRow row: Int, in batch: ClassifyBatch, for anomalyClass: AnomalyClass) -> MarginParts? {
        let text = String(decoding: batch.modelTexts[row], as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let wordParts = head.contributions(of: words, to: anomalyClass.rawValue).map(Double.init)
        let scaled = head.features.scaled(batch.features[row], columns: featureColumns)
        let featureParts = head.contributions(ofScaledFeatures: scaled, to: anomalyClass.rawValue).map(Double.init)
        var sums: [ExplanationGroup: Double] = [.words: wordParts.reduce(0, +)]
        var features: [MarginParts.Feature] = []
        for (column, contribution) in zip(featureColumns, featureParts) {
            let feature = FeatureTable.lineFeatures[column]
            let group = ExplanationGroup.ofColumns[FeatureTable.embeddingCount + column]
            sums[group, default: 0] += contribution
            let values = batch.features[row]
            features.append(
                MarginParts.Feature(
                    name: feature.name, group: group.rawValue, meaning: feature.meaning,
                    value: Double(values[values.startIndex + column]), contribution: contribution))
        }
        return MarginParts(
            base: Double(head.biases[head.biases.startIndex + anomalyClass.rawValue]),
            value: Double(head.logits(text, scaledFeatures: scaled)[anomalyClass.rawValue]), sums: sums,
            features: features, words: zip(words, wordParts).map { WordContribution($0, $1) })
    }
}
