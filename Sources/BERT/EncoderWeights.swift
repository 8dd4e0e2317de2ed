package import MatrixMath

/// One linear layer: `x · weightᵀ + bias`.
package struct LinearWeights {
    /// `[outputs, inputs]`.
    package let weight: MatrixView
    /// `[outputs]`.
    package let bias: UnsafePointer<Float>
}

package struct LayerWeights {
    /// Query, key and value above each other: `[3 · hidden, hidden]`; the one part that variants have of their own.
    package fileprivate(set) var queryKeyValue: LinearWeights
    package let attentionOutput: LinearWeights
    package let attentionNorm: LayerNorm
    /// `[intermediate, hidden]`.
    package let intermediate: LinearWeights
    /// `[hidden, intermediate]`.
    package let output: LinearWeights
    package let outputNorm: LayerNorm
}

// Everything is written in `init` and only read afterwards; the memory lives as long as the object.
/// The numbers of one encoder: in memory of its own, mapped from the checkpoint, or those of the encoder that it is a
/// variant of.
package final class EncoderWeights: @unchecked Sendable {
    package let configuration: BERTConfiguration
    /// `[vocabulary, hidden]`.
    package private(set) var wordEmbeddings: UnsafePointer<Float>
    /// Position and first token type added up: `[positions, hidden]`.
    package private(set) var positionEmbeddings: UnsafePointer<Float>
    package private(set) var embeddingNorm: LayerNorm
    package private(set) var layers: [LayerWeights] = []

    private let arena: FloatArena
    /// Kept because numbers of this encoder lie in it.
    private let lender: Lender

    private enum Lender {
        case file(SafeTensors)
        case base(EncoderWeights)
    }

    /// The weights of a checkpoint.
    init(_ configuration: BERTConfiguration, tensors: SafeTensors) throws(CheckpointError) {
        let names = TensorNames(tensors)
        let hidden = configuration.hiddenSize
        let inner = configuration.intermediateSize
        let arena = FloatArena()
        self.configuration = configuration
        lender = .file(tensors)
        self.arena = arena

        func load(_ name: String, _ shape: [Int]) throws(CheckpointError) -> UnsafePointer<Float> {
            if let mapped = try tensors.mappedFloats(names[name], shape: shape) { return mapped }
            let copy = arena.allocate(shape.reduce(1, *))
            try tensors.read(names[name], shape: shape, into: copy)
            return UnsafePointer(copy)
        }
        func linear(_ name: String, _ outputs: Int, _ inputs: Int) throws(CheckpointError) -> LinearWeights {
            LinearWeights(
                weight: MatrixView(
                    try load(name + ".weight", [outputs, inputs]), rows: outputs, columns: inputs),
                bias: try load(name + ".bias", [outputs]))
        }
        func norm(_ name: String) throws(CheckpointError) -> LayerNorm {
            LayerNorm(
                weight: try load(name + ".weight", [hidden]), bias: try load(name + ".bias", [hidden]),
                epsilon: configuration.layerNormEpsilon)
        }

        wordEmbeddings = try load(
            "embeddings.word_embeddings.weight", [configuration.vocabularySize, hidden])
        let positions = arena.allocate(configuration.maxPositions * hidden)
        try tensors.read(
            names["embeddings.position_embeddings.weight"], shape: [configuration.maxPositions, hidden],
            into: positions)
        let types = try load("embeddings.token_type_embeddings.weight", [configuration.tokenTypeCount, hidden])
        let sum = MutableMatrixView(positions, rows: configuration.maxPositions, columns: hidden)
        add(MatrixView(sum), row: types, into: sum)
        positionEmbeddings = UnsafePointer(positions)
        embeddingNorm = try norm("embeddings.LayerNorm")

        for index in 0..<configuration.layerCount {
            let layer = "encoder.layer.\(index)."
            let weight = arena.allocate(3 * hidden * hidden)
            let bias = arena.allocate(3 * hidden)
            for (part, name) in ["query", "key", "value"].enumerated() {
                let full = names[layer + "attention.self." + name]
                try tensors.read(full + ".weight", shape: [hidden, hidden], into: weight + part * hidden * hidden)
                try tensors.read(full + ".bias", shape: [hidden], into: bias + part * hidden)
            }
            layers.append(
                LayerWeights(
                    queryKeyValue: LinearWeights(
                        weight: MatrixView(weight, rows: 3 * hidden, columns: hidden), bias: UnsafePointer(bias)),
                    attentionOutput: try linear(layer + "attention.output.dense", hidden, hidden),
                    attentionNorm: try norm(layer + "attention.output.LayerNorm"),
                    intermediate: try linear(layer + "intermediate.dense", inner, hidden),
                    output: try linear(layer + "output.dense", hidden, inner),
                    outputNorm: try norm(layer + "output.LayerNorm")))
        }
    }

    /// A variant: query, key and value of its own with the adapters merged in, and all else `base`'s, in its memory.
    ///
    /// - Parameter adapters: of `base`'s number of layers and width.
    init(_ base: EncoderWeights, merging adapters: EncoderAdapters) {
        let hidden = base.configuration.hiddenSize
        precondition(
            adapters.layers.count == base.layers.count && adapters.hiddenSize == hidden,
            "adapters of \(adapters.layers.count) layers, \(adapters.hiddenSize) wide, do not fit an encoder of "
                + "\(base.layers.count) layers, \(hidden) wide")
        let arena = FloatArena()
        configuration = base.configuration
        wordEmbeddings = base.wordEmbeddings
        positionEmbeddings = base.positionEmbeddings
        embeddingNorm = base.embeddingNorm
        layers = base.layers
        lender = .base(base)
        self.arena = arena
        for (index, layer) in adapters.layers.enumerated() {
            let merged = arena.allocate(3 * hidden * hidden)
            merged.update(from: layers[index].queryKeyValue.weight.base, count: 3 * hidden * hidden)
            for (part, pair) in [(0, layer.query), (2, layer.value)] {
                multiply(
                    MatrixView(pair.up, rows: hidden, columns: adapters.rank),
                    MatrixView(pair.down, rows: adapters.rank, columns: hidden),
                    into: MutableMatrixView(merged + part * hidden * hidden, rows: hidden, columns: hidden),
                    scale: adapters.scale, keep: 1)
            }
            layers[index].queryKeyValue = LinearWeights(
                weight: MatrixView(merged, rows: 3 * hidden, columns: hidden),
                bias: layers[index].queryKeyValue.bias)
        }
    }
}

/// How this file spells its tensors: with or without `bert.` before them, LayerNorm in TensorFlow's words or PyTorch's.
private struct TensorNames {
    private let prefix: String
    private let usesGammaAndBeta: Bool

    init(_ tensors: SafeTensors) {
        prefix = tensors.tensors.keys.contains { $0.hasPrefix("bert.") } ? "bert." : ""
        usesGammaAndBeta = tensors.tensors[prefix + "embeddings.LayerNorm.gamma"] != nil
    }

    subscript(name: String) -> String {
        guard usesGammaAndBeta else { return prefix + name }
        if name.hasSuffix("LayerNorm.weight") { return prefix + name.dropLast("weight".count) + "gamma" }
        if name.hasSuffix("LayerNorm.bias") { return prefix + name.dropLast("bias".count) + "beta" }
        return prefix + name
    }
}
