public import BERT
public import Heads

extension FineTuner {
    /// The adapters as they are now, in the form that the encoder loads.
    ///
    /// - Parameter encoderSHA256: of the encoder that they were trained on.
    public func adapters(hiddenSize: Int, encoderSHA256: String) -> EncoderAdapters {
        EncoderAdapters(
            rank: options.rank, alpha: options.alpha, hiddenSize: hiddenSize, encoderSHA256: encoderSHA256,
            layers: (0..<layout.layerCount).map { layer in
                let pairs = ParameterLayout.adaptedParts.indices.map { part in
                    EncoderAdapters.Pair(
                        down: Array(state.parameters[layout.loraA(layer: layer, part: part)]),
                        up: Array(state.parameters[layout.loraB(layer: layer, part: part)]))
                }
                return EncoderAdapters.Layer(query: pairs[0], value: pairs[1])
            })
    }

    /// The label head as it is now.
    public var labelHead: DenseHead {
        DenseHead(layout.labelShape, parameters: Array(state.parameters[layout.labelHead]))
    }
}
