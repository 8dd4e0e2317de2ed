import Foundation
import Testing

@testable import BERT

@Suite("A checkpoint directory")
struct CheckpointTests {
    /// The embedding of three tokens.
    private func vector(_ checkpoint: Checkpoint) -> [Float] {
        var batch = TokenBatch()
        batch.append([2, 5, 3])
        let width = checkpoint.encoder.embeddingWidth
        return [Float](unsafeUninitializedCapacity: width) { buffer, count in
            buffer.initialize(repeating: .nan)
            checkpoint.encoder.embed(batch, using: checkpoint.encoder.makeWorkspace(), into: buffer)
            count = width
        }
    }

    @Test("all three element types hold the same encoder", arguments: [TinyCheckpoint.ElementType.F16, .BF16])
    func elementTypes(type: TinyCheckpoint.ElementType) throws {
        let tiny = try TinyCheckpoint()
        try tiny.write()
        let expected = vector(try Checkpoint(directory: tiny.directory))
        #expect(expected.count == 8 && expected.allSatisfy { $0.isFinite })
        try tiny.write(tiny.safeTensors(type))
        #expect(vector(try Checkpoint(directory: tiny.directory)) == expected)
    }

    @Test("TensorFlow's names and a prefix are understood")
    func names() throws {
        let tiny = try TinyCheckpoint()
        try tiny.write()
        let expected = vector(try Checkpoint(directory: tiny.directory))
        try tiny.write(
            tiny.safeTensors(rename: {
                "bert."
                    + $0.replacingOccurrences(of: "LayerNorm.weight", with: "LayerNorm.gamma")
                    .replacingOccurrences(of: "LayerNorm.bias", with: "LayerNorm.beta")
            }))
        #expect(vector(try Checkpoint(directory: tiny.directory)) == expected)
    }

    @Test("unaligned tensors are copied and give the same vector")
    func unaligned() throws {
        let tiny = try TinyCheckpoint()
        try tiny.write()
        let expected = vector(try Checkpoint(directory: tiny.directory))
        var file = try tiny.safeTensors()
        let headerLength = Int(file.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) })
        file.insert(UInt8(ascii: " "), at: 8 + headerLength)
        file.replaceSubrange(0..<8, with: withUnsafeBytes(of: UInt64(headerLength + 1).littleEndian) { Array($0) })
        try tiny.write(file)
        #expect(vector(try Checkpoint(directory: tiny.directory)) == expected)
    }

    @Test("a missing file, tensor or layer is named")
    func missing() throws {
        let tiny = try TinyCheckpoint()
        try tiny.write()
        try FileManager.default.removeItem(atPath: tiny.directory + "/vocab.txt")
        #expect {
            try Checkpoint(directory: tiny.directory)
        } throws: {
            "\($0)".contains("vocab.txt") && "\($0)".contains("cannot read")
        }
        tiny.tensors.removeAll { $0.name == "encoder.layer.1.output.dense.bias" }
        try tiny.write()
        #expect(
            throws: CheckpointError.missingTensor(
                path: tiny.directory + "/model.safetensors", name: "encoder.layer.1.output.dense.bias")
        ) { try Checkpoint(directory: tiny.directory) }
    }

    @Test("sizes that disagree with the weights are named with both shapes")
    func wrongShape() throws {
        let tiny = try TinyCheckpoint()
        tiny.configuration["intermediate_size"] = 24
        try tiny.write()
        #expect(
            throws: CheckpointError.wrongShape(
                path: tiny.directory + "/model.safetensors", tensor: "encoder.layer.0.intermediate.dense.weight",
                found: [16, 8], expected: [24, 8])
        ) { try Checkpoint(directory: tiny.directory) }
    }

    @Test(
        "a configuration that describes no such encoder is refused",
        arguments: [
            ("hidden_size", 0 as any Sendable), ("hidden_size", -8), ("num_attention_heads", 3),
            ("num_hidden_layers", "two"), ("vocab_size", 1 << 40), ("model_type", "gpt2"), ("hidden_act", "relu"),
            ("position_embedding_type", "relative_key"),
        ])
    func configuration(key: String, value: any Sendable) throws {
        let tiny = try TinyCheckpoint()
        tiny.configuration[key] = value
        try tiny.write()
        #expect(throws: CheckpointError.self) { try Checkpoint(directory: tiny.directory) }
    }

    @Test("a cased checkpoint is refused, for its vocabulary would be fed small letters")
    func cased() throws {
        let tiny = try TinyCheckpoint()
        try tiny.write()
        try tiny.write("tokenizer_config.json", Data(#"{"do_lower_case": false}"#.utf8))
        #expect(throws: CheckpointError.self) { try Checkpoint(directory: tiny.directory) }
    }
}
