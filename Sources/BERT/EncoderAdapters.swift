/// Low-rank adapters of every layer's query and value projections: what makes a variant of an encoder.
///
/// They are merged into the weights when a variant is loaded, `W + (alpha / rank) · B · A`, so that a variant costs
/// nothing at run time (Hu et al., "LoRA", ICLR 2022).
///
/// In a file, `models/<variant>/adapter.safetensors`: the tensors
/// `encoder.layer.{i}.attention.self.{query|value}.lora_A.weight` of `[rank, hidden]` and `….lora_B.weight` of
/// `[hidden, rank]` for every layer of the encoder, none left out, and as metadata the strings `r`, `alpha` and
/// `encoder_sha256`. ``write(to:)`` makes one.
public struct EncoderAdapters: Sendable, Hashable {
    /// The adapter of one projection.
    public struct Pair: Sendable, Hashable {
        /// `A`: `[rank, hidden]`, row-major.
        public var down: [Float]
        /// `B`: `[hidden, rank]`, row-major.
        public var up: [Float]

        public init(down: [Float], up: [Float]) {
            self.down = down
            self.up = up
        }
    }

    public struct Layer: Sendable, Hashable {
        public var query: Pair
        public var value: Pair

        public init(query: Pair, value: Pair) {
            self.query = query
            self.value = value
        }
    }

    public let rank: Int
    public let alpha: Float
    public let hiddenSize: Int
    /// SHA-256 of the `model.safetensors` that the adapters were trained on, in hexadecimal.
    public let encoderSHA256: String
    /// One for each layer of the encoder, in their order.
    public let layers: [Layer]

    /// What `B · A` is multiplied by before it is added.
    public var scale: Float { alpha / Float(rank) }

    public init(rank: Int, alpha: Float, hiddenSize: Int, encoderSHA256: String, layers: [Layer]) {
        precondition(rank > 0 && alpha.isFinite, "adapters of rank \(rank) and alpha \(alpha)")
        for pair in layers.flatMap({ [$0.query, $0.value] }) {
            precondition(
                pair.down.count == rank * hiddenSize && pair.up.count == hiddenSize * rank,
                "an adapter has \(pair.down.count) and \(pair.up.count) values, expected \(rank * hiddenSize) of each")
        }
        self.rank = rank
        self.alpha = alpha
        self.hiddenSize = hiddenSize
        self.encoderSHA256 = encoderSHA256
        self.layers = layers
    }

    /// Reads and checks a file of adapters; throws ``CheckpointError``.
    ///
    /// - Parameters:
    ///   - checkpoint: the encoder that they must have been trained on.
    public init(path: String, for checkpoint: Checkpoint) throws(CheckpointError) {
        try self.init(SafeTensors(path: path), for: checkpoint)
    }

    /// Checks the adapters in a file that is read already; throws ``CheckpointError``.
    public init(_ file: SafeTensors, for checkpoint: Checkpoint) throws(CheckpointError) {
        let path = file.path
        let configuration = checkpoint.configuration
        let hidden = configuration.hiddenSize
        func entry(_ key: String) throws(CheckpointError) -> String {
            guard let value = file.metadata[key] else {
                throw .unfitAdapters(path: path, reason: "its metadata has no '\(key)'")
            }
            return value
        }
        let encoder = try entry("encoder_sha256")
        guard encoder == checkpoint.sha256 else {
            throw .unfitAdapters(
                path: path, reason: "they belong to the encoder \(encoder), this one is \(checkpoint.sha256)")
        }
        guard let rank = Int(try entry("r")), 1...hidden ~= rank else {
            throw .unfitAdapters(path: path, reason: "r is '\(try entry("r"))', expected 1 to \(hidden)")
        }
        guard let alpha = Float(try entry("alpha")), alpha.isFinite else {
            throw .unfitAdapters(path: path, reason: "alpha is '\(try entry("alpha"))', expected a number")
        }
        func tensor(_ name: String, _ shape: [Int]) throws(CheckpointError) -> [Float] {
            guard let found = file.shape(of: name) else {
                throw .unfitAdapters(path: path, reason: "it has no tensor '\(name)'")
            }
            guard found == shape else {
                throw .unfitAdapters(path: path, reason: "'\(name)' has the shape \(found), expected \(shape)")
            }
            let values = try file.floats(name, shape: shape)
            guard values.allSatisfy(\.isFinite) else {
                throw .unfitAdapters(path: path, reason: "'\(name)' holds values that are not finite")
            }
            return values
        }
        var layers: [Layer] = []
        for index in 0..<configuration.layerCount {
            func pair(_ projection: Projection) throws(CheckpointError) -> Pair {
                let names = Self.names(layer: index, projection)
                return Pair(down: try tensor(names.down, [rank, hidden]), up: try tensor(names.up, [hidden, rank]))
            }
            layers.append(Layer(query: try pair(.query), value: try pair(.value)))
        }
        self.init(rank: rank, alpha: alpha, hiddenSize: hidden, encoderSHA256: encoder, layers: layers)
    }

    /// Writes the file that ``init(path:for:)`` reads, in the place of the one at `path`.
    public func write(to path: String) throws(CheckpointError) {
        var writer = SafeTensorsWriter(metadata: [
            "r": "\(rank)", "alpha": "\(alpha)", "encoder_sha256": encoderSHA256,
        ])
        for (index, layer) in layers.enumerated() {
            for (projection, pair) in [(Projection.query, layer.query), (.value, layer.value)] {
                let names = Self.names(layer: index, projection)
                writer.add(names.down, shape: [rank, hiddenSize], pair.down)
                writer.add(names.up, shape: [hiddenSize, rank], pair.up)
            }
        }
        try writer.write(to: path)
    }

    private enum Projection: String { case query, value }

    private static func names(layer: Int, _ projection: Projection) -> (down: String, up: String) {
        let prefix = "encoder.layer.\(layer).attention.self.\(projection.rawValue)"
        return ("\(prefix).lora_A.weight", "\(prefix).lora_B.weight")
    }
}
