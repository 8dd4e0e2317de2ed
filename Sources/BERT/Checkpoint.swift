internal import Foundation
public import TocsinCore
public import WordPiece

/// A BERT checkpoint directory: `config.json`, `vocab.txt` and `model.safetensors`.
public struct Checkpoint: Sendable {
    public let configuration: BERTConfiguration
    public let vocabulary: Vocabulary
    public let encoder: Encoder
    /// SHA-256 of `model.safetensors`, in hexadecimal.
    public let sha256: String

    /// Reads and checks the directory; throws ``CheckpointError``.
    ///
    /// The weights are mapped, not copied, where the file holds aligned single-precision floats; for
    /// ``EncoderPrecision/int8`` they are quantised here.
    public init(directory: String, precision: EncoderPrecision = .fp32) throws(CheckpointError) {
        configuration = try BERTConfiguration(
            json: try Self.read("\(directory)/config.json"), path: "\(directory)/config.json")
        try Self.refuseCased("\(directory)/tokenizer_config.json")

        let vocabularyPath = "\(directory)/vocab.txt"
        let contents = try Self.read(vocabularyPath)
        do {
            vocabulary = try Vocabulary(contents: contents)
        } catch {
            throw .malformed(path: vocabularyPath, reason: error.description)
        }
        guard vocabulary.pieces.count <= configuration.vocabularySize else {
            throw .wrongVocabulary(
                path: vocabularyPath, pieces: vocabulary.pieces.count, expected: configuration.vocabularySize)
        }

        let tensors = try SafeTensors(path: "\(directory)/model.safetensors")
        let exact = Encoder(weights: try EncoderWeights(configuration, tensors: tensors))
        switch precision {
        case .fp32: encoder = exact
        case .int8: encoder = Encoder(quantizing: exact, sample: SampleTexts.batch(vocabulary, configuration))
        }
        sha256 = tensors.sha256
    }

    /// A variant of the encoder, which shares all weights with ``encoder`` but query, key and value.
    ///
    /// Throws ``CheckpointError/unfitAdapters(path:reason:)`` where the adapters are of another encoder.
    public func encoder(merging adapters: EncoderAdapters) throws(CheckpointError) -> Encoder {
        guard adapters.encoderSHA256 == sha256, adapters.layers.count == configuration.layerCount,
            adapters.hiddenSize == configuration.hiddenSize
        else {
            throw .unfitAdapters(
                path: "adapters in memory",
                reason: "\(adapters.layers.count) layers, \(adapters.hiddenSize) wide, of the encoder "
                    + "\(adapters.encoderSHA256); this one has \(configuration.layerCount) layers, "
                    + "\(configuration.hiddenSize) wide, and is \(sha256)")
        }
        return Encoder(weights: EncoderWeights(encoder.weights, merging: adapters), variantOf: encoder)
    }

    private static func read(_ path: String) throws(CheckpointError) -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
    }

    /// A cased vocabulary would be fed small letters and give nonsense without an error.
    private static func refuseCased(_ path: String) throws(CheckpointError) {
        struct File: Decodable { var do_lower_case: Bool? }
        guard FileManager.default.fileExists(atPath: path) else { return }
        let data = try read(path)
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: data)
        } catch {
            throw .malformed(path: path, reason: "\(error)")
        }
        if file.do_lower_case == false {
            throw .unsupported(path: path, found: "do_lower_case false", expected: "an uncased checkpoint")
        }
    }
}
