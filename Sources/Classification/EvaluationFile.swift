internal import Foundation
public import TocsinCore

/// `evaluation.json` in a model's folder: what the model is worth, by the name of each protocol that was measured.
public enum EvaluationFile {
    public static let name = "evaluation.json"

    /// The file's bytes, the same for the same figures.
    public static func encoded(_ evaluation: [String: ModelQuality]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(evaluation)) + Array("\n".utf8)
    }

    static func decoded(_ bytes: [UInt8]) throws(ModelError) -> [String: ModelQuality] {
        let evaluation: [String: ModelQuality]
        do { evaluation = try JSONDecoder().decode([String: ModelQuality].self, from: Data(bytes)) } catch {
            throw .unusable(path: name, reason: "\(error)")
        }
        for (protocolName, quality) in evaluation {
            guard let flaw = quality.flaw else { continue }
            throw .unusable(
                path: name,
                reason: "the \(flaw.figure) of protocol \(protocolName) is \(flaw.found), expected \(flaw.expected)")
        }
        return evaluation
    }
}

extension ModelArtifact {
    /// What is known of the model beside its verdicts.
    func details() throws(ModelError) -> ModelDetails {
        ModelDetails(
            trainingSamples: manifest.training.sampleCount, macroF1: manifest.metrics[ModelManifest.headlineMetric],
            files: manifest.files.sorted { $0.key < $1.key }.map {
                ModelDetails.File(path: "\(manifest.name)/\($0.key)", byteCount: $0.value.byteCount)
            },
            evaluation: try files[EvaluationFile.name].map(EvaluationFile.decoded) ?? [:])
    }
}
