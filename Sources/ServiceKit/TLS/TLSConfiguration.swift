/// The side of a connection that a context is for.
public enum TLSRole: String, Sendable, Hashable {
    case client
    case server
}

/// The files and rules a TLS context is made from, the same for both roles.
public struct TLSConfiguration: Sendable, Hashable {
    /// Path of a PEM file: our certificate, then its intermediates. `nil`: we show none (clients only).
    public var certificateChain: String?
    /// Path of a PEM file: the private key of the certificate.
    public var privateKey: String?
    /// Path of a PEM file: the authorities that may have signed a peer's certificate.
    /// `nil`: a client trusts the system's authorities; a server can then ask for no certificate.
    public var trustRoots: String?
    /// ALPN names in order of preference, such as `["h2"]`. Empty: ALPN is not spoken.
    public var applicationProtocols: [String]
    /// Whether a connection on which no application protocol was agreed is refused.
    public var requiresApplicationProtocol: Bool
    /// Whether a server refuses a client without a certificate. A client always verifies its server.
    public var requiresPeerCertificate: Bool

    public init(
        certificateChain: String? = nil,
        privateKey: String? = nil,
        trustRoots: String? = nil,
        applicationProtocols: [String] = ["h2"],
        requiresApplicationProtocol: Bool = true,
        requiresPeerCertificate: Bool = true
    ) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
        self.trustRoots = trustRoots
        self.applicationProtocols = applicationProtocols
        self.requiresApplicationProtocol = requiresApplicationProtocol
        self.requiresPeerCertificate = requiresPeerCertificate
    }

    /// The files named, in a fixed order.
    var files: [String] {
        [certificateChain, privateKey, trustRoots].compactMap { $0 }
    }

    /// What can be said of the configuration without opening a file.
    func validate(for role: TLSRole) throws(TLSError) {
        if (certificateChain == nil) != (privateKey == nil) {
            throw .invalidConfiguration("a certificate chain and a private key are needed together, only one is given")
        }
        if role == .server, certificateChain == nil {
            throw .invalidConfiguration("a server needs a certificate chain and a private key")
        }
        if role == .server, requiresPeerCertificate, trustRoots == nil {
            throw .invalidConfiguration("to require client certificates a server needs trust roots")
        }
        for name in applicationProtocols where !(1...255).contains(name.utf8.count) {
            throw .invalidConfiguration("the ALPN name '\(name)' has \(name.utf8.count) bytes, 1 to 255 are allowed")
        }
    }
}
