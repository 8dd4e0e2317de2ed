/// What sets one tier's server apart from the others' where nobody says anything.
public struct TierDefaults: Sendable, Hashable {
    /// `parser`, `embedding`, `classifier` or `edge`.
    public let tier: String
    public let port: Int
    public let metricsPort: Int
    /// The names (SAN) that a caller's certificate must have one of; empty accepts every caller of our authority.
    public let authorizedCallers: [String]

    public static let parser = TierDefaults(
        tier: "parser", port: 50_051, metricsPort: 9465,
        authorizedCallers: ["spiffe://tocsin/edge", "spiffe://tocsin/parser"])
    public static let embedding = TierDefaults(
        tier: "embedding", port: 50_052, metricsPort: 9466, authorizedCallers: ["spiffe://tocsin/edge"])
    public static let classifier = TierDefaults(
        tier: "classifier", port: 50_053, metricsPort: 9467, authorizedCallers: ["spiffe://tocsin/edge"])
    public static let edge = TierDefaults(tier: "edge", port: 50_050, metricsPort: 9464, authorizedCallers: [])

    static let all = [edge, parser, embedding, classifier]

    /// The name in the certificate of the tier's servers, whatever address they have.
    public var serverName: String { "\(tier).tocsin.internal" }
}
