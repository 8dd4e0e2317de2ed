import Foundation
import MatrixMath
import Testing

@testable import BERT

@Suite("The adapters of an encoder's variant")
struct EncoderAdaptersTests {
    private let tiny: TinyCheckpoint
    private let checkpoint: Checkpoint
    private var path: String { tiny.directory + "/adapter.safetensors" }

    init() throws {
        tiny = try TinyCheckpoint()
        try tiny.write()
        checkpoint = try Checkpoint(directory: tiny.directory)
    }

    /// Of rank 2 with sixteenths in -1...1, which sums hold exactly.
    private func adapters(encoder: String? = nil, layerCount: Int = 2) -> EncoderAdapters {
        var generator = SystemRandomNumberGenerator()
        func values() -> [Float] { (0..<16).map { _ in Float(Int.random(in: -16...16, using: &generator)) / 16 } }
        func pair() -> EncoderAdapters.Pair { EncoderAdapters.Pair(down: values(), up: values()) }
        return EncoderAdapters(
            rank: 2, alpha: 1, hiddenSize: 8, encoderSHA256: encoder ?? checkpoint.sha256,
            layers: (0..<layerCount).map { _ in EncoderAdapters.Layer(query: pair(), value: pair()) })
    }

    private func vector(_ encoder: Encoder) -> [Float] {
        var batch = TokenBatch()
        batch.append([2, 5, 6, 3])
        var vector = [Float](repeating: .nan, count: encoder.embeddingWidth)
        vector.withUnsafeMutableBufferPointer { encoder.embed(batch, using: encoder.makeWorkspace(), into: $0) }
        return vector
    }

    @Test("what is written is what is read")
    func roundTrip() throws {
        let written = adapters()
        try written.write(to: path)
        let read = try EncoderAdapters(path: path, for: checkpoint)
        #expect(read == written)
        #expect(read.scale == 0.5)
    }

    @Test("a variant computes what a checkpoint with W + alpha / r · B · A in place of W computes")
    func merged() throws {
        let adapters = adapters()
        let variant = vector(try checkpoint.encoder(merging: adapters))

        let other = try TinyCheckpoint()
        for (layer, pairs) in adapters.layers.enumerated() {
            for (name, pair) in [("query", pairs.query), ("value", pairs.value)] {
                let tensor = "encoder.layer.\(layer).attention.self.\(name).weight"
                let index = try #require(other.tensors.firstIndex { $0.name == tensor })
                for row in 0..<8 {
                    for column in 0..<8 {
                        let product = (0..<2).reduce(Float(0)) {
                            $0 + pair.up[row * 2 + $1] * pair.down[$1 * 8 + column]
                        }
                        other.tensors[index].values[row * 8 + column] += adapters.scale * product
                    }
                }
            }
        }
        try other.write()
        #expect(variant == vector(try Checkpoint(directory: other.directory).encoder))
        #expect(variant != vector(checkpoint.encoder))
    }

    @Test("a variant has query, key and value of its own and shares all other memory")
    func sharing() throws {
        let base = checkpoint.encoder.weights
        let before = vector(checkpoint.encoder)
        let variant = try checkpoint.encoder(merging: adapters())
        #expect(variant.weights.wordEmbeddings == base.wordEmbeddings)
        #expect(variant.weights.positionEmbeddings == base.positionEmbeddings)
        for (own, shared) in zip(variant.weights.layers, base.layers) {
            #expect(own.queryKeyValue.weight.base != shared.queryKeyValue.weight.base)
            #expect(own.queryKeyValue.bias == shared.queryKeyValue.bias)
            #expect(own.attentionOutput.weight.base == shared.attentionOutput.weight.base)
            #expect(own.intermediate.weight.base == shared.intermediate.weight.base)
            #expect(own.output.weight.base == shared.output.weight.base)
        }
        #expect(vector(checkpoint.encoder) == before)
    }

    @Test("a variant outlives the checkpoint whose memory it uses")
    func lifetime() throws {
        let adapters = adapters()
        func load() throws -> Encoder { try Checkpoint(directory: tiny.directory).encoder(merging: adapters) }
        let expected = vector(try checkpoint.encoder(merging: adapters))
        let variant = try load()
        #expect(vector(variant) == expected)
    }

    @Test("adapters of another encoder are refused by both names, from a file and from memory")
    func wrongEncoder() throws {
        let foreign = adapters(encoder: "feed")
        try foreign.write(to: path)
        for attempt in [
            { _ = try EncoderAdapters(path: path, for: checkpoint) }, { _ = try checkpoint.encoder(merging: foreign) },
            { _ = try checkpoint.encoder(merging: adapters(layerCount: 1)) },
        ] {
            #expect {
                try attempt()
            } throws: {
                guard case CheckpointError.unfitAdapters = $0 else { return false }
                return "\($0)".contains(checkpoint.sha256)
            }
        }
    }

    @Test(
        "metadata and tensors that do not fit are named",
        arguments: [
            ("r", nil, "no 'r'"), ("r", "0", "r is '0'"), ("r", "9", "expected 1 to 8"), ("r", "two", "r is 'two'"),
            ("r", "4", "[2, 8], expected [4, 8]"), ("alpha", nil, "no 'alpha'"), ("alpha", "nan", "alpha is 'nan'"),
            ("encoder_sha256", nil, "no 'encoder_sha256'"),
        ] as [(String, String?, String)])
    func metadata(key: String, value: String?, message: String) throws {
        try write(adapters()) { $0.metadata[key] = value }
        #expect {
            try EncoderAdapters(path: path, for: checkpoint)
        } throws: {
            "\($0)".contains(message) && "\($0)".contains("train the variant")
        }
    }

    @Test("a missing layer, infinite numbers and integers are refused")
    func tensors() throws {
        let name = "encoder.layer.1.attention.self.value.lora_B.weight"
        try write(adapters(layerCount: 1)) { _ in }
        #expect { try EncoderAdapters(path: path, for: checkpoint) } throws: { "\($0)".contains("no tensor 'encoder.") }
        var values = adapters().layers
        values[1].value.up[3] = .infinity
        try EncoderAdapters(rank: 2, alpha: 1, hiddenSize: 8, encoderSHA256: checkpoint.sha256, layers: values)
            .write(to: path)
        #expect { try EncoderAdapters(path: path, for: checkpoint) } throws: { "\($0)".contains("'\(name)' holds") }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let type = try #require(bytes.range(of: Data(#""F32""#.utf8)))
        bytes.replaceSubrange(type, with: Data(#""I32""#.utf8))
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect { try EncoderAdapters(path: path, for: checkpoint) } throws: { "\($0)".contains("of type I32") }
    }

    @Test("a file cut anywhere is refused")
    func truncated() throws {
        try adapters().write(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        for length in [0, 7, 8, 100, whole.count / 2, whole.count - 1] {
            try whole.prefix(length).write(to: URL(fileURLWithPath: path))
            #expect(throws: CheckpointError.self, "at \(length)") { try EncoderAdapters(path: path, for: checkpoint) }
        }
    }

    /// Writes the adapters' file with something about it changed.
    private func write(_ adapters: EncoderAdapters, changing change: (inout SafeTensorsWriter) -> Void) throws {
        try adapters.write(to: path)
        let file = try SafeTensors(path: path)
        var writer = SafeTensorsWriter(metadata: file.metadata)
        for (name, tensor) in file.tensors {
            writer.add(name, shape: tensor.shape, try file.floats(name, shape: tensor.shape))
        }
        change(&writer)
        try writer.write(to: path)
    }
}
