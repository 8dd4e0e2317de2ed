/// The numbers that the encoder's linear layers compute with.
public enum EncoderPrecision: String, Sendable, Hashable, CaseIterable {
    /// Single-precision floats, by OpenBLAS: the vectors that models are trained on.
    case fp32
    /// 8-bit integers, weights scaled by output channel and activations by token; about twice as fast, and vectors
    /// close to those of ``fp32``.
    case int8
}
