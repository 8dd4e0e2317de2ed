internal import COpenSSL
internal import NIOCore

/// Owns one `SSL`: turns plaintext into ciphertext and back in memory, knows no channel.
///
/// Used by one thread at a time. After a failure only `takeOutgoing()` makes sense: it holds the alert for the peer.
final class TLSConnection {
    enum HandshakeProgress {
        case needsInput
        case finished(PeerIdentity)
    }

    enum ReadProgress {
        case needsInput
        /// The peer will send no more; everything before was delivered.
        case closedByPeer
    }

    let context: TLSContext
    let serverName: TLSServerName?
    private let ssl: OpaquePointer
    private let bio: ByteBufferBIO
    private var isEstablished = false

    /// The longest plaintext of one TLS record.
    static let recordSize = 16 * 1024

    /// - Parameter serverName: What the server's certificate must name; given by clients only.
    init(context: TLSContext, serverName: TLSServerName?) throws(TLSError) {
        precondition(
            (context.role == .client) == (serverName != nil), "a \(context.role) with name \(serverName as Any)")
        let bio = try ByteBufferBIO()
        OpenSSLErrorQueue.clear()
        guard let ssl = SSL_new(context.pointer) else {
            BIO_free(bio.pointer)
            throw .library(step: "SSL_new", reasons: OpenSSLErrorQueue.drainTexts())
        }
        SSL_set_bio(ssl, bio.pointer, bio.pointer)
        self.context = context
        self.serverName = serverName
        self.ssl = ssl
        self.bio = bio
        switch serverName {
        case nil: SSL_set_accept_state(ssl)
        case .some(let name):
            SSL_set_connect_state(ssl)
            try verify(name)
        }
    }

    deinit {
        SSL_free(ssl)
    }

    private func verify(_ name: TLSServerName) throws(TLSError) {
        // Subject alternative names only: the common name is for people.
        SSL_set_hostflags(ssl, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        let isSet =
            switch name {
            case .host(let host): tocsin_ssl_set_server_name(ssl, host) == 1 && SSL_set1_host(ssl, host) == 1
            case .address(let address): X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), address) == 1
            }
        guard isSet else { throw .invalidServerName(name.text) }
    }

    /// Hands over bytes that came from the peer.
    func receive(_ ciphertext: ByteBuffer) {
        bio.receive(ciphertext)
    }

    /// Takes the ciphertext for the peer that the other calls have produced.
    func takeOutgoing() -> [ByteBuffer] {
        bio.takeOutgoing()
    }

    func handshake() throws(TLSError) -> HandshakeProgress {
        OpenSSLErrorQueue.clear()
        let result = SSL_do_handshake(ssl)
        guard result == 1 else {
            let code = SSL_get_error(ssl, result)
            if code == SSL_ERROR_WANT_READ { return .needsInput }
            throw failure(code)
        }
        let identity = identity()
        if identity.applicationProtocol == nil, context.configuration.requiresApplicationProtocol,
            !context.configuration.applicationProtocols.isEmpty
        {
            throw .noCommonApplicationProtocol(expected: context.configuration.applicationProtocols)
        }
        isEstablished = true
        return .finished(identity)
    }

    /// Appends all plaintext that can be had from what was received so far.
    func read(into plaintext: inout ByteBuffer) throws(TLSError) -> ReadProgress {
        while true {
            OpenSSLErrorQueue.clear()
            var result: Int32 = 0
            plaintext.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.smallestRead) { target in
                result = SSL_read(ssl, target.baseAddress, Int32(clamping: target.count))
                return Int(max(0, result))
            }
            if result > 0 {
                if SSL_pending(ssl) == 0, bio.receivedBytes == 0 { return .needsInput }
                continue
            }
            switch SSL_get_error(ssl, result) {
            case SSL_ERROR_WANT_READ: return .needsInput
            case SSL_ERROR_ZERO_RETURN: return .closedByPeer
            case let code: throw failure(code)
            }
        }
    }

    /// Less room than this and the buffer grows first.
    private static let smallestRead = 256

    /// Encrypts all of the bytes.
    func write(_ plaintext: UnsafeRawBufferPointer) throws(TLSError) {
        guard plaintext.count > 0 else { return }
        OpenSSLErrorQueue.clear()
        var written = 0
        // Without SSL_MODE_ENABLE_PARTIAL_WRITE, and with a BIO that takes everything, it is all or nothing.
        guard SSL_write_ex(ssl, plaintext.baseAddress, plaintext.count, &written) == 1, written == plaintext.count
        else {
            throw failure(SSL_get_error(ssl, 0))
        }
    }

    /// Produces close_notify: nothing can be written afterwards, reading goes on.
    func closeOutput() {
        OpenSSLErrorQueue.clear()
        // 0: ours is made, the peer's not seen; 1: both. A connection that failed says -1 and makes none.
        _ = SSL_shutdown(ssl)
    }

    /// Whether part of a record has come and the rest has not.
    var isMidRecord: Bool {
        SSL_has_pending(ssl) == 1 || bio.receivedBytes > 0 || String(cString: SSL_rstate_string(ssl)) == "RB"
    }
}

extension TLSConnection {
    private func identity() -> PeerIdentity {
        let names = SSL_get0_peer_certificate(ssl).map { CertificateNames(certificate: $0) }
        var name: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &name, &length)
        return PeerIdentity(
            subject: names?.subject,
            dnsNames: names?.dnsNames ?? [],
            ipAddresses: names?.ipAddresses ?? [],
            uris: names?.uris ?? [],
            applicationProtocol: name.map {
                String(decoding: UnsafeBufferPointer(start: $0, count: Int(length)), as: UTF8.self)
            },
            tlsVersion: String(cString: SSL_get_version(ssl)),
            cipher: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)).map { String(cString: $0) } ?? "")
    }

    /// Names the failure of the last call by the error queue and the result of the verification.
    private func failure(_ code: Int32) -> TLSError {
        let entries = OpenSSLErrorQueue.drain()
        let reasons = entries.isEmpty ? ["SSL_get_error said \(code)"] : entries.map(\.text)
        let reason = entries.lazy.compactMap(\.sslReason).first ?? 0
        switch reason {
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
            return .noPeerCertificate
        case SSL_R_CERTIFICATE_VERIFY_FAILED:
            return certificateFailure()
        case SSL_R_NO_APPLICATION_PROTOCOL,
            SSL_R_CALLBACK_FAILED where context.role == .server:
            return .noCommonApplicationProtocol(expected: context.configuration.applicationProtocols)
        case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST,
            SSL_R_WRONG_VERSION_NUMBER where !isEstablished:
            return .peerDoesNotSpeakTLS(reasons: reasons)
        case SSL_AD_REASON_OFFSET...SSL_AD_REASON_OFFSET + 255:
            // "tlsv13 alert certificate required": the words before the alert's own name are history.
            let text = entries.first { $0.sslReason == reason }?.reason ?? ""
            return .alertReceived(text.firstRange(of: " alert ").map { String(text[$0.upperBound...]) } ?? text)
        default:
            return isEstablished ? .protocolViolation(reasons: reasons) : .handshakeFailed(reasons: reasons)
        }
    }

    private func certificateFailure() -> TLSError {
        let code = SSL_get_verify_result(ssl)
        // The certificate at fault is kept nowhere; the peer's own is what an operator looks for.
        let subject = SSL_get0_peer_certificate(ssl).map { CertificateNames(certificate: $0).subject }
        return .peerCertificateRefused(
            reason: String(cString: X509_verify_cert_error_string(code)), code: Int(code), subject: subject,
            expectedName: serverName?.text)
    }
}
