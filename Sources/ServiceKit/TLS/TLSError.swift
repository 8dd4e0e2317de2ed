/// What went wrong in setting up or speaking TLS.
///
/// `reasons` are OpenSSL's own words, oldest first; they are never empty where OpenSSL gave any.
public enum TLSError: Error, Hashable {
    /// A file named in the configuration cannot be used.
    case unusableFile(path: String, role: String, reasons: [String])
    /// The private key is not the one that the certificate was made for.
    case keyDoesNotMatch(certificateChain: String, privateKey: String, reasons: [String])
    /// The configuration contradicts itself or lacks a part.
    case invalidConfiguration(String)
    /// The name a client was told to verify is neither a host name nor an IP address.
    case invalidServerName(String)
    /// OpenSSL refused a step that only fails for want of memory or because of a broken installation.
    case library(step: String, reasons: [String])

    /// The peer speaks something else than TLS.
    case peerDoesNotSpeakTLS(reasons: [String])
    /// The peer sent no certificate although one is required.
    case noPeerCertificate
    /// The peer's certificate was refused; `code` is OpenSSL's `X509_V_ERR_*`.
    case peerCertificateRefused(reason: String, code: Int, subject: String?, expectedName: String?)
    /// The two sides share no application protocol (ALPN).
    case noCommonApplicationProtocol(expected: [String])
    /// The peer ended the connection with a TLS alert.
    case alertReceived(String)
    /// The handshake failed in another way.
    case handshakeFailed(reasons: [String])
    /// The handshake was not complete when its time was over.
    case handshakeTimedOut(seconds: Double)
    /// The peer closed the connection before the handshake was complete.
    case closedInHandshake
    /// The peer broke the protocol after the handshake.
    case protocolViolation(reasons: [String])
    /// The connection ended without the peer's close_notify: what was received may be cut short.
    case truncated(midRecord: Bool)
    /// More was written before the end of the handshake than the handler is ready to hold.
    case tooMuchHeld(bytes: Int, limit: Int)
}

extension TLSError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unusableFile(let path, let role, let reasons):
            "cannot use '\(path)' as \(role)\(list(reasons)); it must be a readable PEM file"
        case .keyDoesNotMatch(let chain, let key, let reasons):
            "private key '\(key)' is not that of certificate '\(chain)'\(list(reasons)); name the pair made together"
        case .invalidConfiguration(let reason):
            "wrong TLS configuration: \(reason)"
        case .invalidServerName(let name):
            "'\(name)' is neither a host name nor an IP address; name the server as its certificate does"
        case .library(let step, let reasons):
            "OpenSSL failed in \(step)\(list(reasons))"
        case .peerDoesNotSpeakTLS(let reasons):
            "the peer does not speak TLS\(list(reasons)); check its port and that it expects TLS"
        case .noPeerCertificate:
            "the peer sent no certificate, one is required; give it a certificate signed by a trusted authority"
        case .peerCertificateRefused(let reason, let code, let subject, let expected):
            "refused the peer's certificate (\(subject ?? "no subject")): \(reason) (X509 error \(code))"
                + (expected.map { "; expected it to name '\($0)'" } ?? "")
        case .noCommonApplicationProtocol(let expected):
            "the peer offers none of the application protocols \(expected.joined(separator: ", ")) by ALPN"
        case .alertReceived(let alert):
            "the peer ended the connection with the alert '\(alert)'"
        case .handshakeFailed(let reasons):
            "the TLS handshake failed\(list(reasons))"
        case .handshakeTimedOut(let seconds):
            "the TLS handshake was not complete after \(seconds) s"
        case .closedInHandshake:
            "the peer closed the connection before the TLS handshake was complete"
        case .protocolViolation(let reasons):
            "the peer broke the TLS protocol\(list(reasons))"
        case .truncated(let midRecord):
            "the connection ended without close_notify\(midRecord ? ", in the middle of a record" : "")"
        case .tooMuchHeld(let bytes, let limit):
            "\(bytes) bytes were written before the TLS handshake was complete, \(limit) is the limit"
        }
    }

    private func list(_ reasons: [String]) -> String {
        reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")
    }
}
