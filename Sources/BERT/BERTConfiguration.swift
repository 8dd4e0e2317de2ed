internal import Foundation

/// The sizes of a BERT encoder, as `config.json` names them.
public struct BERTConfiguration: Sendable, Hashable {
    public var vocabularySize: Int
    public var hiddenSize: Int
    public var layerCount: Int
    public var headCount: Int
    public var intermediateSize: Int
    /// The longest sequence, special tokens included.
    public var maxPositions: Int
    public var tokenTypeCount: Int
    public var layerNormEpsilon: Float

    /// The width of one attention head.
    public var headSize: Int { hiddenSize / headCount }

    public init(
        vocabularySize: Int, hiddenSize: Int, layerCount: Int, headCount: Int, intermediateSize: Int,
        maxPositions: Int = 512, tokenTypeCount: Int = 2, layerNormEpsilon: Float = 1e-12
    ) {
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.layerCount = layerCount
        self.headCount = headCount
        self.intermediateSize = intermediateSize
        self.maxPositions = maxPositions
        self.tokenTypeCount = tokenTypeCount
        self.layerNormEpsilon = layerNormEpsilon
    }

    /// Reads a `config.json`; throws ``CheckpointError`` where it describes no encoder that this code computes.
    ///
    /// - Parameter path: names the file in errors.
    init(json: Data, path: String) throws(CheckpointError) {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: json)
        } catch {
            throw .malformed(path: path, reason: "\(error)")
        }
        self.init(
            vocabularySize: file.vocab_size, hiddenSize: file.hidden_size, layerCount: file.num_hidden_layers,
            headCount: file.num_attention_heads, intermediateSize: file.intermediate_size,
            maxPositions: file.max_position_embeddings, tokenTypeCount: file.type_vocab_size ?? 2,
            layerNormEpsilon: file.layer_norm_eps ?? 1e-12)
        let sizes = [
            ("vocab_size", vocabularySize), ("hidden_size", hiddenSize), ("num_hidden_layers", layerCount),
            ("num_attention_heads", headCount), ("intermediate_size", intermediateSize),
            ("max_position_embeddings", maxPositions), ("type_vocab_size", tokenTypeCount),
        ]
        for (name, size) in sizes where !(1...1 << 24).contains(size) {
            throw .malformed(path: path, reason: "\(name) is \(size), expected 1 to \(1 << 24)")
        }
        guard hiddenSize.isMultiple(of: headCount) else {
            throw .malformed(
                path: path, reason: "hidden_size \(hiddenSize) is no multiple of num_attention_heads \(headCount)")
        }
        if let kind = file.model_type, kind != "bert" {
            throw .unsupported(path: path, found: "model_type '\(kind)'", expected: "bert")
        }
        if let activation = file.hidden_act, activation != "gelu" {
            throw .unsupported(path: path, found: "hidden_act '\(activation)'", expected: "gelu")
        }
        if let positions = file.position_embedding_type, positions != "absolute" {
            throw .unsupported(path: path, found: "position_embedding_type '\(positions)'", expected: "absolute")
        }
    }

    /// The part of `config.json` that is read.
    private struct File: Decodable {
        var vocab_size: Int
        var hidden_size: Int
        var num_hidden_layers: Int
        var num_attention_heads: Int
        var intermediate_size: Int
        var max_position_embeddings: Int
        var type_vocab_size: Int?
        var layer_norm_eps: Float?
        var model_type: String?
        var hidden_act: String?
        var position_embedding_type: String?
    }
}
