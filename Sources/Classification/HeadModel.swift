internal import Heads
internal import LineFeatures
internal import MatrixMath
internal import TocsinCore

/// A loaded head over a fine-tuned encoder's vectors, and over line features where it was trained with some.
struct HeadModel: ServingModel {
    let manifest: ModelManifest
    let sha256: String
    private let trained: TrainedHead
    /// The line features that the head reads, by their positions among the 22.
    private let featureColumns: [Int]

    init(_ artifact: ModelArtifact) throws(ModelError) {
        let file = TrainedHead.fileName
        guard let bytes = artifact.files[file] else {
            throw .missingFile(path: file, reason: "the manifest of '\(artifact.manifest.name)' does not name it")
        }
        do throws(HeadError) {
            trained = try TrainedHead(json: bytes)
            featureColumns = try trained.features.columns(among: FeatureTable.lineFeatures.map(\.name))
        } catch {
            throw .unusable(path: file, reason: "\(error)")
        }
        guard trained.embeddingWidth == FeatureTable.embeddingCount, trained.head.shape.outputs == AnomalyClass.count
        else {
            throw .unusable(
                path: file,
                reason: "it reads vectors of \(trained.embeddingWidth) and gives \(trained.head.shape.outputs) classes "
                    + "in place of \(FeatureTable.embeddingCount) and \(AnomalyClass.count)")
        }
        // Rows are few and narrow: threads inside one product would wait for each other.
        OpenBLAS.threadsPerProduct = 1
        manifest = artifact.manifest
        sha256 = artifact.sha256
    }

    var encoders: [ModelEncoder] {
        [ModelEncoder(variant: EncoderVariant(rawValue: manifest.name) ?? .base, sha256: manifest.encoderSHA256)]
    }

    func margins(_ batch: ClassifyBatch) -> [ItemResult<[Float]>] {
        let (vectors, features) = (batch.vectors, batch.features)
        var inputs: [Float] = []
        inputs.reserveCapacity(vectors.count * trained.head.shape.inputs)
        var failures: [Int: ItemFailure] = [:]
        for row in 0..<vectors.count {
            let scaled = trained.features.scaled(features[row], columns: featureColumns)
            // A sum is finite only if no term is NaN or infinite.
            if (vectors[row].reduce(0, +) + scaled.reduce(0, +)).isFinite {
                inputs += vectors[row]
                inputs += scaled
            } else {
                failures[row] = ItemFailure(
                    .invalidArgument,
                    "the vector, or one of \(trained.features.map(\.name)), holds a number that is not finite; "
                        + "mend what computed it")
            }
        }
        let margins = trained.head.logits(inputs)
        var next = 0
        return (0..<vectors.count).map { row in
            if let failure = failures[row] { return .failure(failure) }
            defer { next += AnomalyClass.count }
            return .success(Array(margins[next..<next + AnomalyClass.count]))
        }
    }
}
