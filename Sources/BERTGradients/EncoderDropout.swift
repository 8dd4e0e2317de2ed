package import MatrixMath

/// Dropout in the encoder: behind the embeddings and behind each half of a layer, before the residual is added.
///
/// BERT's attention weights are not dropped here: what reads them is recomputed in the backward pass.
public struct EncoderDropout: Sendable, Hashable {
    public let rate: Float
    /// Another one for each forward pass.
    public let seed: UInt64

    public init(rate: Float, seed: UInt64) {
        self.rate = rate
        self.seed = seed
    }

    /// Drops nothing.
    public static let none = EncoderDropout(rate: 0, seed: 0)

    package enum Place {
        case embeddings
        case attention(layer: Int)
        case output(layer: Int)
        /// The input of layer `layer` of what reads the embeddings.
        case head(Int)

        var number: UInt64 {
            switch self {
            case .embeddings: 0
            case .attention(let layer): 1 + 3 * UInt64(layer)
            case .output(let layer): 2 + 3 * UInt64(layer)
            case .head(let layer): 3 + 3 * UInt64(layer)
            }
        }
    }

    package func mask(_ place: Place) -> Dropout {
        guard rate > 0 else { return .none }
        // SplitMix64 of seed and place, so that neighbours have nothing in common.
        var mixed = seed &+ (place.number &+ 1) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Dropout(rate: rate, seed: UInt32(truncatingIfNeeded: mixed ^ (mixed >> 31)))
    }
}
