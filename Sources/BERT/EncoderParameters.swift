package import MatrixMath

/// Views of an encoder's numbers, for code that differentiates it; they are valid while `encoder` lives.
package struct EncoderParameters {
    package struct Linear {
        /// `[outputs, inputs]`.
        package var weight: MatrixView
        /// `[outputs]`.
        package var bias: UnsafePointer<Float>
    }

    package struct Layer {
        /// Query, key and value above each other: `[3 · hidden, hidden]`.
        package var queryKeyValue: Linear
        package var attentionOutput: Linear
        package var attentionNorm: LayerNorm
        /// `[intermediate, hidden]`.
        package var intermediate: Linear
        /// `[hidden, intermediate]`.
        package var output: Linear
        package var outputNorm: LayerNorm
    }

    package let encoder: Encoder
    /// `[vocabulary, hidden]`.
    package let wordEmbeddings: UnsafePointer<Float>
    /// Position and first token type added up: `[positions, hidden]`.
    package let positionEmbeddings: UnsafePointer<Float>
    package let embeddingNorm: LayerNorm
    package var layers: [Layer]

    package var configuration: BERTConfiguration { encoder.configuration }
}

extension Encoder {
    package var parameters: EncoderParameters {
        EncoderParameters(
            encoder: self, wordEmbeddings: weights.wordEmbeddings, positionEmbeddings: weights.positionEmbeddings,
            embeddingNorm: weights.embeddingNorm,
            layers: weights.layers.map { layer in
                EncoderParameters.Layer(
                    queryKeyValue: .init(layer.queryKeyValue), attentionOutput: .init(layer.attentionOutput),
                    attentionNorm: layer.attentionNorm, intermediate: .init(layer.intermediate),
                    output: .init(layer.output), outputNorm: layer.outputNorm)
            })
    }
}

extension EncoderParameters.Linear {
    init(_ linear: LinearWeights) {
        weight = linear.weight
        bias = linear.bias
    }
}
