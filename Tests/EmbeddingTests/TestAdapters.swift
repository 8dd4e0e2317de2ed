import BERT

/// Adapters that nothing was learned by.
enum TestAdapters {
    /// - Parameter encoder: the hash of the encoder that they say they belong to; nil says this one's.
    static func random(for checkpoint: Checkpoint, encoder: String? = nil) -> EncoderAdapters {
        let hidden = checkpoint.configuration.hiddenSize
        func pair() -> EncoderAdapters.Pair {
            func values() -> [Float] { (0..<8 * hidden).map { _ in Float.random(in: -0.05...0.05) } }
            return EncoderAdapters.Pair(down: values(), up: values())
        }
        return EncoderAdapters(
            rank: 8, alpha: 16, hiddenSize: hidden, encoderSHA256: encoder ?? checkpoint.sha256,
            layers: (0..<checkpoint.configuration.layerCount).map { _ in
                EncoderAdapters.Layer(query: pair(), value: pair())
            })
    }
}
