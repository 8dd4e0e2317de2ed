/// Who calls an edge and whom the caller trusts: PEM files.
public struct EdgeCredentials: Sendable, Hashable {
    /// The caller's certificate, with its chain.
    public var certificateChain: String
    public var privateKey: String
    /// The authority that signed the edge's certificate.
    public var trustRoots: String

    public init(certificateChain: String, privateKey: String, trustRoots: String) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
        self.trustRoots = trustRoots
    }
}

/// Why no edge could be connected to.
public enum EdgeConnectionError: Error, Sendable, Hashable, CustomStringConvertible {
    case noAddress(found: String)

    public var description: String {
        switch self {
        case .noAddress(let found): "the edge's address is '\(found)', expected host:port, such as 127.0.0.1:50050"
        }
    }
}
