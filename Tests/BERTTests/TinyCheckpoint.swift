import Foundation

/// A checkpoint directory of a very small encoder, written for one test and removed after it.
final class TinyCheckpoint {
    let directory: String
    var configuration: [String: Any] = [
        "vocab_size": 8, "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16,
        "max_position_embeddings": 12, "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu",
        "model_type": "bert",
    ]
    var tensors: [(name: String, shape: [Int], values: [Float])] = []

    enum ElementType: String {
        case F32, F16, BF16

        func bytes(_ value: Float) -> [UInt8] {
            switch self {
            case .F32: withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
            case .F16: withUnsafeBytes(of: Self.half(value).littleEndian) { Array($0) }
            case .BF16: withUnsafeBytes(of: UInt16(value.bitPattern >> 16).littleEndian) { Array($0) }
            }
        }

        /// The half-precision number below `value` in magnitude; for values that a half holds as a normal number, or 0.
        static func half(_ value: Float) -> UInt16 {
            guard value != 0 else { return 0 }
            let exponent = Int(value.bitPattern >> 23 & 0xFF) - 127 + 15
            return UInt16(value.bitPattern >> 31) << 15 | UInt16(exponent) << 10
                | UInt16(value.bitPattern >> 13 & 0x3FF)
        }
    }

    init() throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("tiny-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var state: UInt32 = 1
        func add(_ name: String, _ shape: [Int]) {
            let values = (0..<shape.reduce(1, *)).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                // Multiples of 1/64 in -1...1, which every element type holds exactly.
                return Float(Int(state >> 25) - 64) / 64
            }
            tensors.append((name, shape, values))
        }
        func linear(_ name: String, _ outputs: Int, _ inputs: Int) {
            add(name + ".weight", [outputs, inputs])
            add(name + ".bias", [outputs])
        }
        func norm(_ name: String) {
            add(name + ".weight", [8])
            add(name + ".bias", [8])
        }
        add("embeddings.word_embeddings.weight", [8, 8])
        add("embeddings.position_embeddings.weight", [12, 8])
        add("embeddings.token_type_embeddings.weight", [2, 8])
        norm("embeddings.LayerNorm")
        for layer in 0..<2 {
            let prefix = "encoder.layer.\(layer)."
            for part in ["query", "key", "value"] { linear(prefix + "attention.self." + part, 8, 8) }
            linear(prefix + "attention.output.dense", 8, 8)
            norm(prefix + "attention.output.LayerNorm")
            linear(prefix + "intermediate.dense", 16, 8)
            linear(prefix + "output.dense", 8, 16)
            norm(prefix + "output.LayerNorm")
        }
    }

    deinit {
        // A directory that is left over in the temporary folder harms nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// The bytes of the tensors' file.
    func safeTensors(_ type: ElementType = .F32, rename: (String) -> String = { $0 }) throws -> [UInt8] {
        var header: [String: Any] = ["__metadata__": ["format": "pt"]]
        var data: [UInt8] = []
        for tensor in tensors {
            let start = data.count
            for value in tensor.values { data += type.bytes(value) }
            header[rename(tensor.name)] = [
                "dtype": type.rawValue, "shape": tensor.shape, "data_offsets": [start, data.count],
            ]
        }
        return Self.file(header: try JSONSerialization.data(withJSONObject: header), data: data)
    }

    static func file(header: Data, data: [UInt8]) -> [UInt8] {
        // The format's own writers pad the header so that the data are aligned.
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(header.count + padding.count).littleEndian) { Array($0) } + header + padding
            + data
    }

    func write(_ file: [UInt8]? = nil) throws {
        try write("config.json", JSONSerialization.data(withJSONObject: configuration))
        try write("vocab.txt", Data("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ndisk\nfull\n##s\n".utf8))
        try write("model.safetensors", Data(file ?? safeTensors()))
    }

    func write(_ name: String, _ data: Data) throws {
        try data.write(to: URL(fileURLWithPath: directory + "/" + name))
    }
}
