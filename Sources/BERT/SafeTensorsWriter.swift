internal import Foundation

/// Gathers named tensors and writes them as a `.safetensors` file, which ``SafeTensors`` reads back bit by bit.
///
/// The same tensors and metadata give the same bytes: names are sorted, and numbers are little-endian float32.
///
///     var writer = SafeTensorsWriter(metadata: ["format": "pt"])
///     writer.add("head.weight", shape: [7, 768], weight)
///     try writer.write(to: "models/lora/head.safetensors")
public struct SafeTensorsWriter: Sendable {
    /// What the file says of itself, for readers to check.
    public var metadata: [String: String]
    private var tensors: [String: (shape: [Int], values: [Float])] = [:]

    public init(metadata: [String: String] = [:]) { self.metadata = metadata }

    /// Adds one tensor.
    ///
    /// - Parameters:
    ///   - name: not added before.
    ///   - values: row-major, as many as `shape` says.
    public mutating func add(_ name: String, shape: [Int], _ values: [Float]) {
        precondition(
            shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == values.count,
            "'\(name)' of shape \(shape) has \(values.count) values")
        precondition(name != SafeTensors.metadataKey, "the header keeps \(name) for itself")
        precondition(tensors[name] == nil, "'\(name)' is added twice")
        tensors[name] = (shape, values)
    }

    /// Puts the file in the place of the one at `path`, which is the old or the new one at any moment.
    public func write(to path: String) throws(CheckpointError) {
        do {
            try file().write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .unwritable(path: path, reason: error.localizedDescription)
        }
    }

    private func file() throws -> Data {
        let sorted = tensors.sorted { $0.key < $1.key }
        var entries: [String: HeaderEntry] = [:]
        var offset = 0
        for (name, tensor) in sorted {
            let end = offset + tensor.values.count * MemoryLayout<Float>.size
            entries[name] = .tensor(TensorEntry(dtype: "F32", shape: tensor.shape, data_offsets: [offset, end]))
            offset = end
        }
        if !metadata.isEmpty { entries[SafeTensors.metadataKey] = .metadata(metadata) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var header = try encoder.encode(entries)
        // So that the numbers are aligned and can be used where they are mapped.
        header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8))

        var file = Data(capacity: 8 + header.count + offset)
        withUnsafeBytes(of: UInt64(header.count).littleEndian) { file.append(contentsOf: $0) }
        file.append(header)
        for (_, tensor) in sorted {
            for value in tensor.values {
                withUnsafeBytes(of: value.bitPattern.littleEndian) { file.append(contentsOf: $0) }
            }
        }
        return file
    }

    private struct TensorEntry: Encodable {
        var dtype: String
        var shape: [Int]
        var data_offsets: [Int]
    }

    private enum HeaderEntry: Encodable {
        case tensor(TensorEntry)
        case metadata([String: String])

        func encode(to encoder: any Swift.Encoder) throws {
            switch self {
            case .tensor(let entry): try entry.encode(to: encoder)
            case .metadata(let values): try values.encode(to: encoder)
            }
        }
    }
}
