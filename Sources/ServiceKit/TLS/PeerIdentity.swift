/// What the handshake proved about the peer and agreed with it.
///
/// The names are those of the peer's certificate, which was verified against the trust roots; all are empty where the
/// peer showed none.
public struct PeerIdentity: Sendable, Hashable {
    /// The subject in RFC 2253 form, such as `CN=edge,O=Tocsin`; for people, not for authorisation.
    public var subject: String?
    /// Subject alternative names of type DNS, as they are in the certificate (wildcards included).
    public var dnsNames: [String]
    /// Subject alternative names of type IP address, such as `10.0.0.7` or `fd00::7`.
    public var ipAddresses: [String]
    /// Subject alternative names of type URI, such as `spiffe://tocsin/edge`.
    public var uris: [String]
    /// The protocol agreed by ALPN.
    public var applicationProtocol: String?
    /// Such as `TLSv1.3`.
    public var tlsVersion: String
    /// Such as `TLS_AES_128_GCM_SHA256`.
    public var cipher: String

    /// Whether the peer proved that it holds a certificate.
    public var isAuthenticated: Bool { subject != nil }

    public init(
        subject: String? = nil, dnsNames: [String] = [], ipAddresses: [String] = [], uris: [String] = [],
        applicationProtocol: String? = nil, tlsVersion: String, cipher: String
    ) {
        self.subject = subject
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
        self.uris = uris
        self.applicationProtocol = applicationProtocol
        self.tlsVersion = tlsVersion
        self.cipher = cipher
    }
}
