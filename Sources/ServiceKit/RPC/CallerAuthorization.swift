public import GRPCCore

/// Which callers a server answers, by the names (SAN) in their certificates.
public struct CallerAuthorization: Sendable, Hashable {
    /// Names of type URI or DNS; a caller needs one of them. Nil accepts every certificate of the authority.
    public let acceptedNames: Set<String>?

    /// - Parameter acceptedNames: `*` among them, or none at all, accepts every certificate of the authority.
    public init(acceptedNames: [String]) {
        self.acceptedNames = acceptedNames.isEmpty || acceptedNames.contains("*") ? nil : Set(acceptedNames)
    }

    /// Refuses a caller whose certificate has none of the accepted names.
    public func check(_ peer: PeerIdentity?) throws(RPCError) {
        guard let acceptedNames else { return }
        let names = peer.map { $0.uris + $0.dnsNames } ?? []
        guard acceptedNames.isDisjoint(with: names) else { return }
        throw RPCError(
            code: .permissionDenied,
            message: "the caller's certificate names \(names.isEmpty ? "nobody" : names.joined(separator: ", ")); "
                + "only \(acceptedNames.sorted().joined(separator: ", ")) may call: see --authorized-callers")
    }
}
