internal import BERT
internal import BERTGradients
internal import Foundation
internal import Heads
internal import LineFeatures
internal import TocsinCore

/// The head that was trained with a variant of the encoder, for the attribution of its verdicts to tokens.
public struct VariantHead: Sendable {
    /// Of the file, in hexadecimal.
    let sha256: String
    let classCount: Int
    private let trained: TrainedHead
    /// The line features that the head reads, by their positions among the 22.
    private let featureColumns: [Int]

    init(path: String, embeddingWidth: Int) throws(CheckpointError) {
        let bytes: [UInt8]
        do { bytes = [UInt8](try Data(contentsOf: URL(filePath: path))) } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
        do throws(HeadError) {
            trained = try TrainedHead(json: bytes)
            featureColumns = try trained.features.columns(among: FeatureTable.lineFeatures.map(\.name))
        } catch {
            throw .malformed(path: path, reason: "\(error)")
        }
        guard trained.embeddingWidth == embeddingWidth else {
            throw .unsupported(
                path: path, found: "a head for vectors of \(trained.embeddingWidth)",
                expected: "one for this encoder's of \(embeddingWidth)")
        }
        sha256 = SHA256.hexadecimalDigest(of: bytes)
        classCount = trained.head.shape.outputs
    }

    /// The names of the line features that the head reads.
    var featureNames: [String] { trained.features.map(\.name) }

    /// A class's log-odds; nil where the head reads line features and there are none, or one of them is not finite.
    func logOdds(ofClass classIndex: Int, lineFeatures: ArraySlice<Float>?) -> VectorScore? {
        guard let lineFeatures else {
            return featureColumns.isEmpty
                ? .logOdds(classIndex: classIndex, head: trained.head, features: []) : nil
        }
        let features = trained.features.scaled(lineFeatures, columns: featureColumns)
        guard features.allSatisfy(\.isFinite) else { return nil }
        return .logOdds(classIndex: classIndex, head: trained.head, features: features)
    }
}
