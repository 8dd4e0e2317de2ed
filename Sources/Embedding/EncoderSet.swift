public import BERT
internal import Foundation
internal import Heads
public import TocsinCore

/// Which encoder texts are embedded with.
struct EncoderKey: Hashable, Sendable, CaseIterable {
    var variant: EncoderVariant
    var precision: EncoderPrecision

    static let allCases = EncoderVariant.allCases.flatMap { variant in
        EncoderPrecision.allCases.map { EncoderKey(variant: variant, precision: $0) }
    }
}

/// A checkpoint and the variants of it that are loaded: one encoder each, which share all weights but the adapted ones.
public struct EncoderSet: Sendable {
    public struct Variant: Sendable {
        public let encoder: Encoder
        /// Names the weights: SHA-256 of `model.safetensors`, or of the adapters' file, which names the checkpoint.
        public let sha256: String
        /// What was trained with the adapters; nil of the checkpoint itself, and where no head lies beside them.
        public let head: VariantHead?
    }

    public let checkpoint: Checkpoint
    /// ``EncoderVariant/base`` is always among them.
    public private(set) var variants: [EncoderVariant: Variant]
    /// Adapters that were there and were left out, with the reason; only where no variants were asked for by name.
    public private(set) var leftOut: [EncoderVariant: CheckpointError] = [:]

    /// The checkpoint alone.
    public init(_ checkpoint: Checkpoint) {
        self.checkpoint = checkpoint
        variants = [.base: Variant(encoder: checkpoint.encoder, sha256: checkpoint.sha256, head: nil)]
    }

    /// Adds variants of `checkpoint`; throws ``CheckpointError``.
    ///
    /// - Parameters:
    ///   - modelsDirectory: with a folder for each variant, in it ``adapterFileName`` and, for attributions, the head.
    ///   - names: the variants that must be there, besides `base`; nil takes those that are there and belong to this
    ///     checkpoint.
    public init(
        _ checkpoint: Checkpoint, modelsDirectory: String, variants names: [EncoderVariant]? = nil
    ) throws(CheckpointError) {
        self.init(checkpoint)
        for name in names ?? EncoderVariant.allCases where name != .base {
            let path = "\(modelsDirectory)/\(name.rawValue)/\(Self.adapterFileName)"
            guard names != nil || FileManager.default.fileExists(atPath: path) else { continue }
            do {
                let file = try SafeTensors(path: path)
                let encoder = try checkpoint.encoder(merging: EncoderAdapters(file, for: checkpoint))
                let head = "\(modelsDirectory)/\(name.rawValue)/\(TrainedHead.fileName)"
                variants[name] = Variant(
                    encoder: encoder, sha256: file.sha256,
                    head: FileManager.default.fileExists(atPath: head)
                        ? try VariantHead(path: head, embeddingWidth: encoder.embeddingWidth) : nil)
            } catch {
                // Another encoder may be put in the place of the one that the models here were trained on.
                guard names == nil, case .unfitAdapters = error else { throw error }
                leftOut[name] = error
            }
        }
    }

    /// The adapters' name in a variant's folder.
    public static let adapterFileName = "adapter.safetensors"

    /// Every encoder that texts can be embedded with: each variant in the checkpoint's precision, and in single precision.
    var encoders: [EncoderKey: Encoder] {
        var encoders: [EncoderKey: Encoder] = [:]
        for (name, variant) in variants {
            encoders[EncoderKey(variant: name, precision: .fp32)] = variant.encoder.inSinglePrecision
            encoders[EncoderKey(variant: name, precision: variant.encoder.precision)] = variant.encoder
        }
        return encoders
    }

    /// The loaded variants in the order of their definition.
    public var names: [EncoderVariant] { EncoderVariant.allCases.filter { variants[$0] != nil } }
}
