internal import Heads
internal import LineFeatures
internal import TocsinCore

/// A loaded logistic regression over the words of the model text; it reads neither vectors nor features.
struct WordsModel: ServingModel {
    let manifest: ModelManifest
    let sha256: String
    private let head: WordsHead

    init(_ artifact: ModelArtifact) throws(ModelError) {
        let file = WordsHead.fileName
        guard let bytes = artifact.files[file] else {
            throw .missingFile(path: file, reason: "the manifest of '\(artifact.manifest.name)' does not name it")
        }
        do throws(HeadError) {
            head = try WordsHead(encoded: bytes, classCount: AnomalyClass.count)
        } catch {
            throw .unusable(path: file, reason: "\(error)")
        }
        manifest = artifact.manifest
        sha256 = artifact.sha256
    }

    var encoders: [ModelEncoder] { [] }

    func margins(_ batch: ClassifyBatch) -> [ItemResult<[Float]>] {
        batch.modelTexts.map { .success(head.logits(String(decoding: $0, as: UTF8.self))) }
    }

    /// A logit is the sum of what the text's words add.
    func marginParts(ofRow row: Int, in batch: ClassifyBatch, for anomalyClass: AnomalyClass) -> MarginParts? {
        let text = String(decoding: batch.modelTexts[row], as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let contributions = head.contributions(of: words, to: anomalyClass.rawValue).map(Double.init)
        let group = ExplanationGroup.words
        return MarginParts(
            base: Double(head.biases[head.biases.startIndex + anomalyClass.rawValue]),
            value: Double(head.logits(text)[anomalyClass.rawValue]),
            groups: [
                MarginParts.Group(
                    name: group.rawValue, title: group.title, contribution: contributions.reduce(0, +))
            ], words: zip(words, contributions).map { WordContribution($0, $1) })
    }
}
