internal import Foundation

/// A head as a model's folder holds it: `head.json`, its layers' weights and biases and what it reads beside the
/// embedding.
public struct TrainedHead: Sendable, Hashable {
    /// The file's name in a model's folder.
    public static let fileName = "head.json"

    public let head: DenseHead
    /// In the order of the head's last inputs.
    public let features: [ScaledFeature]

    public init(head: DenseHead, features: [ScaledFeature]) {
        precondition(
            head.shape.inputs > features.count, "\(features.count) features in \(head.shape.inputs) inputs")
        self.head = head
        self.features = features
    }

    /// The width of the embedding that the head reads before its features.
    public var embeddingWidth: Int { head.shape.inputs - features.count }

    private struct File: Codable {
        struct Layer: Codable {
            /// `[outputs][inputs]`, as PyTorch stores `nn.Linear.weight`.
            var weight: [[Float]]
            var bias: [Float]
        }
        var layers: [Layer]
        var features: [ScaledFeature]
    }

    /// Reads the file's bytes.
    public init(json: [UInt8]) throws(HeadError) {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(json))
        } catch {
            throw .malformed("it is no JSON of a head: \(error)")
        }
        guard let inputs = file.layers.first?.weight.first?.count, inputs > file.features.count else {
            throw .malformed("it has no layer that reads more than its \(file.features.count) features")
        }
        var widths = [inputs]
        var parameters: [Float] = []
        for (index, layer) in file.layers.enumerated() {
            guard !layer.bias.isEmpty, layer.weight.count == layer.bias.count,
                layer.weight.allSatisfy({ $0.count == widths[index] })
            else {
                throw .malformed(
                    "layer \(index) has \(layer.weight.count) rows, \(layer.bias.count) biases, or a row that is not "
                        + "\(widths[index]) wide")
            }
            widths.append(layer.bias.count)
            for row in layer.weight { parameters += row }
            parameters += layer.bias
        }
        guard parameters.allSatisfy(\.isFinite), file.features.allSatisfy({ $0.mean.isFinite && $0.deviation > 0 })
        else { throw .malformed("it holds numbers that are not finite") }
        self.init(
            head: DenseHead(DenseShape(widths: widths), parameters: parameters), features: file.features)
    }

    /// The file's bytes, which ``init(json:)`` reads.
    public func json() throws -> [UInt8] {
        let shape = head.shape
        let layers = (0..<shape.layerCount).map { layer in
            let weight = Array(head.parameters[shape.weightRange(layer)])
            let width = shape.widths[layer]
            return File.Layer(
                weight: stride(from: 0, to: weight.count, by: width).map { Array(weight[$0..<$0 + width]) },
                bias: Array(head.parameters[shape.biasRange(layer)]))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return [UInt8](try encoder.encode(File(layers: layers, features: features)))
    }
}

/// Why a head could not be read.
public enum HeadError: Error, Sendable, Equatable {
    case malformed(String)
    case unknownFeature(String)
}

extension HeadError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let reason): "it holds no head: \(reason); train the model anew"
        case .unknownFeature(let name): "it reads '\(name)', which is no line feature; train the model anew"
        }
    }
}
