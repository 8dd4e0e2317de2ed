internal import Foundation

/// How an ensemble mixes other models: `mixture.json`.
public struct Mixture: Sendable, Hashable, Codable {
    /// The file's name in a model's folder.
    public static let fileName = "mixture.json"

    /// One of the models that are mixed.
    public struct Component: Sendable, Hashable, Codable {
        /// Its name, which is that of its folder beside the ensemble's.
        public var model: String
        /// SHA-256 of its manifest: the mixture was fitted to this very model.
        public var sha256: String
        /// What its logarithms of calibrated probabilities are multiplied by.
        public var weight: Double

        public init(model: String, sha256: String, weight: Double) {
            self.model = model
            self.sha256 = sha256
            self.weight = weight
        }
    }

    public var components: [Component]

    public init(components: [Component]) { self.components = components }

    /// The file's bytes.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try [UInt8](encoder.encode(self)) + Array("\n".utf8)
    }
}
