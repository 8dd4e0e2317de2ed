internal import LineFeatures
internal import TocsinCore
internal import TreeEnsemble

/// A loaded model of trees over the 790 features.
public struct TreeModel: ServingModel {
    /// The booster's name in a model's folder.
    public static let boosterFileName = "booster.ubj"

    public let manifest: ModelManifest
    /// SHA-256 of the manifest.
    public let sha256: String
    private let ensemble: TreeEnsemble

    public init(_ artifact: ModelArtifact) throws(ModelError) {
        let file = Self.boosterFileName
        guard let bytes = artifact.files[file] else {
            throw .missingFile(path: file, reason: "the manifest of '\(artifact.manifest.name)' does not name it")
        }
        let ensemble: TreeEnsemble
        do {
            ensemble = try TreeEnsemble(serialized: bytes)
        } catch {
            throw .unusable(path: file, reason: "\(error)")
        }
        guard ensemble.columnCount == FeatureTable.count, ensemble.classCount == AnomalyClass.count else {
            throw .unusable(
                path: file,
                reason: "it has \(ensemble.columnCount) columns and \(ensemble.classCount) classes in place of "
                    + "\(FeatureTable.count) and \(AnomalyClass.count)")
        }
        manifest = artifact.manifest
        sha256 = artifact.sha256
        self.ensemble = ensemble
    }

    var encoders: [ModelEncoder] { [ModelEncoder(variant: .base, sha256: manifest.encoderSHA256)] }

    func margins(_ batch: ClassifyBatch) throws -> [ItemResult<[Float]>] {
        let (vectors, features) = (batch.vectors, batch.features)
        var results: [ItemResult<[Float]>] = []
        results.reserveCapacity(vectors.count)
        for start in stride(from: 0, to: vectors.count, by: Self.rowsAtOnce) {
            let range = start..<min(start + Self.rowsAtOnce, vectors.count)
            var rows = VectorBlock(dimension: FeatureTable.count)
            rows.reserveCapacity(rows: range.count)
            var failures: [Int: ItemFailure] = [:]
            for row in range {
                do {
                    try FeatureRows.append(embedding: vectors[row], lineFeatures: features[row], to: &rows)
                } catch {
                    failures[row] = ItemFailure(.invalidArgument, "\(error)")
                }
            }
            let margins = try ensemble.margins(rows: rows.values)
            var next = 0
            for row in range {
                if let failure = failures[row] {
                    results.append(.failure(failure))
                } else {
                    results.append(.success(Array(margins[next..<next + AnomalyClass.count])))
                    next += AnomalyClass.count
                }
            }
        }
        return results
    }

    /// By exact SHAP values (Lundberg et al., "From local explanations to global understanding with explainable AI for
    /// trees", 2020), which libxgboost computes.
    func marginParts(ofRow row: Int, in batch: ClassifyBatch, for anomalyClass: AnomalyClass) throws -> MarginParts? {
        var rows = VectorBlock(dimension: FeatureTable.count)
        try FeatureRows.append(embedding: batch.vectors[row], lineFeatures: batch.features[row], to: &rows)
        let contributions = try ensemble.contributions(rows: rows.values)
        let width = FeatureTable.count + 1
        let start = anomalyClass.rawValue * width
        return MarginParts(
            contributions: contributions[start..<start + width], row: rows[0],
            margin: try ensemble.margins(rows: rows.values)[anomalyClass.rawValue])
    }

    /// Rows in one call of the library: enough to pay for the call, few enough to stay in cache.
    private static let rowsAtOnce = 512
}
