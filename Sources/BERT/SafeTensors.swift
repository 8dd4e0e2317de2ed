internal import Foundation
internal import TocsinCore

/// The named tensors of a `.safetensors` file: an 8-byte length, a JSON header, and the numbers end to end.
///
/// The header is believed in nothing: offsets, shapes and sizes are checked against each other and the file. Such files
/// are written by ``SafeTensorsWriter``.
public struct SafeTensors: Sendable {
    enum ElementType: String {
        case float32 = "F32"
        case float16 = "F16"
        case bfloat16 = "BF16"

        var byteCount: Int { self == .float32 ? 4 : 2 }
    }

    struct Tensor {
        /// As the header spells it; only floating-point tensors can be read.
        var type: String
        var shape: [Int]
        /// In the file.
        var range: Range<Int>
    }

    public let path: String
    /// What the file says of itself, `__metadata__` in the header.
    public let metadata: [String: String]
    let file: MappedFile
    let tensors: [String: Tensor]

    /// The header's name for what is no tensor.
    static let metadataKey = "__metadata__"
    private static let maxHeaderBytes = 100_000_000

    /// Maps the file and checks its header; throws ``CheckpointError``.
    public init(path: String) throws(CheckpointError) {
        self.path = path
        file = try MappedFile(path: path)
        let bytes = file.bytes
        guard bytes.count >= 8 else {
            throw .malformed(path: path, reason: "it has \(bytes.count) bytes, the header's length alone takes 8")
        }
        let headerLength = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard headerLength <= Self.maxHeaderBytes, Int(headerLength) <= bytes.count - 8 else {
            throw .malformed(
                path: path, reason: "its header claims \(headerLength) bytes, the file has \(bytes.count - 8) after it")
        }
        let dataStart = 8 + Int(headerLength)
        let header: [String: HeaderEntry]
        do {
            header = try JSONDecoder().decode([String: HeaderEntry].self, from: Data(bytes[8..<dataStart]))
        } catch {
            throw .malformed(path: path, reason: "its header is no JSON of tensors: \(error)")
        }
        var tensors: [String: Tensor] = [:]
        var metadata: [String: String] = [:]
        for (name, entry) in header {
            guard case .tensor(let type, let shape, let offsets) = entry else {
                if case .metadata(let values) = entry { metadata = values }
                continue
            }
            guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= bytes.count - dataStart
            else {
                throw .malformed(
                    path: path,
                    reason: "tensor '\(name)' lies at \(offsets), the file has \(bytes.count - dataStart) bytes of data"
                )
            }
            if let type = ElementType(rawValue: type) {
                guard let size = Self.byteCount(of: shape, type), size == offsets[1] - offsets[0] else {
                    throw .malformed(
                        path: path,
                        reason: "tensor '\(name)' of shape \(shape) has \(offsets[1] - offsets[0]) bytes")
                }
            }
            tensors[name] = Tensor(
                type: type, shape: shape, range: dataStart + offsets[0]..<dataStart + offsets[1])
        }
        self.tensors = tensors
        self.metadata = metadata
    }

    /// SHA-256 of the whole file, in hexadecimal.
    public var sha256: String { SHA256.hexadecimalDigest(of: file.bytes) }

    /// The shape of a tensor, or nil where there is none of that name.
    public func shape(of name: String) -> [Int]? { tensors[name]?.shape }

    /// A copy of a tensor as single-precision floats, row-major; throws ``CheckpointError`` where it is missing or has
    /// another shape.
    public func floats(_ name: String, shape expected: [Int]) throws(CheckpointError) -> [Float] {
        var floats = [Float](repeating: 0, count: expected.reduce(1, *))
        try floats.withUnsafeMutableBufferPointer { (buffer) throws(CheckpointError) in
            if let base = buffer.baseAddress { try read(name, shape: expected, into: base) }
        }
        return floats
    }

    /// Copies a tensor into `destination` as single-precision floats.
    ///
    /// - Parameters:
    ///   - expected: the shape that the caller has room for.
    func read(_ name: String, shape expected: [Int], into destination: UnsafeMutablePointer<Float>)
        throws(CheckpointError)
    {
        let (tensor, type) = try floatingTensor(name, shape: expected)
        let source = UnsafeRawBufferPointer(rebasing: file.bytes[tensor.range])
        let count = tensor.range.count / type.byteCount
        switch type {
        case .float32:
            for index in 0..<count {
                let bits = source.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
                destination[index] = Float(bitPattern: UInt32(littleEndian: bits))
            }
        case .float16:
            for index in 0..<count {
                let bits = source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
                destination[index] = float(half: UInt16(littleEndian: bits))
            }
        case .bfloat16:
            for index in 0..<count {
                let bits = source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
                destination[index] = Float(bitPattern: UInt32(UInt16(littleEndian: bits)) << 16)
            }
        }
    }

    /// The tensor's floats where they lie in the file, or nil where they must be converted or are not aligned.
    func mappedFloats(_ name: String, shape expected: [Int]) throws(CheckpointError) -> UnsafePointer<Float>? {
        let (tensor, type) = try floatingTensor(name, shape: expected)
        guard type == .float32, UInt32(1).littleEndian == 1, let base = file.bytes.baseAddress else { return nil }
        let start = base + tensor.range.lowerBound
        guard UInt(bitPattern: start).isMultiple(of: UInt(MemoryLayout<Float>.alignment)) else { return nil }
        return start.assumingMemoryBound(to: Float.self)
    }

    private func floatingTensor(_ name: String, shape expected: [Int]) throws(CheckpointError) -> (Tensor, ElementType)
    {
        guard let tensor = tensors[name] else { throw .missingTensor(path: path, name: name) }
        guard let type = ElementType(rawValue: tensor.type) else {
            throw .unsupported(path: path, found: "'\(name)' of type \(tensor.type)", expected: "F32, F16 or BF16")
        }
        guard tensor.shape == expected else {
            throw .wrongShape(path: path, tensor: name, found: tensor.shape, expected: expected)
        }
        return (tensor, type)
    }

    private static func byteCount(of shape: [Int], _ type: ElementType) -> Int? {
        var count = type.byteCount
        for dimension in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !overflow else { return nil }
            count = product
        }
        return count
    }

    /// A value in the header: a tensor, or the `__metadata__` of strings.
    private enum HeaderEntry: Decodable {
        case tensor(type: String, shape: [Int], offsets: [Int])
        case metadata([String: String])

        private enum Key: String, CodingKey { case dtype, shape, data_offsets }

        init(from decoder: any Decoder) throws {
            guard decoder.codingPath.last?.stringValue != SafeTensors.metadataKey else {
                self = .metadata(try [String: String](from: decoder))
                return
            }
            let values = try decoder.container(keyedBy: Key.self)
            self = .tensor(
                type: try values.decode(String.self, forKey: .dtype),
                shape: try values.decode([Int].self, forKey: .shape),
                offsets: try values.decode([Int].self, forKey: .data_offsets))
        }
    }
}

/// The value of an IEEE half-precision number; in integers, since not every machine has the type.
func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits >> 15) << 31
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0: return Float(bitPattern: sign) + Float(fraction) * 0x1p-24 * (sign == 0 ? 1 : -1)
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
}
