internal import COpenSSL

/// Owns one `SSL_CTX`: certificate, key, trust and rules for many connections.
///
/// It never changes after its set-up; to use new files a new context is made (`TLSCredentials`), and connections
/// that began with the old one keep it alive until they end.
///
/// Sessions are neither cached nor resumed: every connection proves both certificates anew.
// An SSL_CTX counts its references atomically and libssl only reads it once connections are made from it; `pointer`
// and all other members are constant.
public final class TLSContext: @unchecked Sendable {
    public let role: TLSRole
    public let configuration: TLSConfiguration
    let applicationProtocols: ApplicationProtocols
    let pointer: OpaquePointer

    /// Loads and checks all files of the configuration.
    public init(configuration: TLSConfiguration, role: TLSRole) throws(TLSError) {
        try configuration.validate(for: role)
        OpenSSLErrorQueue.clear()
        guard let pointer = SSL_CTX_new(role == .server ? TLS_server_method() : TLS_client_method()) else {
            throw .library(step: "SSL_CTX_new", reasons: OpenSSLErrorQueue.drainTexts())
        }
        self.pointer = pointer
        self.role = role
        self.configuration = configuration
        self.applicationProtocols = ApplicationProtocols(configuration.applicationProtocols)

        try setRules()
        if let chain = configuration.certificateChain, let key = configuration.privateKey {
            try use(certificateChain: chain, privateKey: key)
        }
        try trust(configuration.trustRoots)
        try setApplicationProtocols()
    }

    private static let cipherSuites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"

    deinit {
        SSL_CTX_free(pointer)
    }

    private func setRules() throws(TLSError) {
        guard tocsin_ssl_ctx_require_tls13(pointer) == 1 else {
            throw .library(step: "requiring TLS 1.3", reasons: OpenSSLErrorQueue.drainTexts())
        }
        // AES-128 first: a third faster than the 256 bits that OpenSSL prefers, and beyond reach all the same.
        guard SSL_CTX_set_ciphersuites(pointer, Self.cipherSuites) == 1 else {
            throw .library(step: "choosing cipher suites", reasons: OpenSSLErrorQueue.drainTexts())
        }
        tocsin_ssl_ctx_disable_session_cache(pointer)
        SSL_CTX_set_num_tickets(pointer, 0)
        let verifiesPeer = role == .client || configuration.requiresPeerCertificate
        SSL_CTX_set_verify(
            pointer, verifiesPeer ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT : SSL_VERIFY_NONE, nil)
    }

    private func use(certificateChain: String, privateKey: String) throws(TLSError) {
        // A key that needs a pass phrase is refused; by default OpenSSL would ask for it on the terminal.
        SSL_CTX_set_default_passwd_cb(pointer) { _, _, _, _ in -1 }
        OpenSSLErrorQueue.clear()
        guard SSL_CTX_use_certificate_chain_file(pointer, certificateChain) == 1 else {
            throw .unusableFile(
                path: certificateChain, role: "certificate chain", reasons: OpenSSLErrorQueue.drainTexts())
        }
        // Loading the key compares it with the certificate too; X509 reasons tell the two failures apart.
        guard SSL_CTX_use_PrivateKey_file(pointer, privateKey, SSL_FILETYPE_PEM) == 1 else {
            let entries = OpenSSLErrorQueue.drain()
            let mismatches = [X509_R_KEY_VALUES_MISMATCH, X509_R_KEY_TYPE_MISMATCH]
            if entries.contains(where: { $0.x509Reason.map(mismatches.contains) ?? false }) {
                throw .keyDoesNotMatch(
                    certificateChain: certificateChain, privateKey: privateKey, reasons: entries.map(\.text))
            }
            throw .unusableFile(path: privateKey, role: "private key", reasons: entries.map(\.text))
        }
        guard SSL_CTX_check_private_key(pointer) == 1 else {
            throw .keyDoesNotMatch(
                certificateChain: certificateChain, privateKey: privateKey, reasons: OpenSSLErrorQueue.drainTexts())
        }
    }

    private func trust(_ roots: String?) throws(TLSError) {
        OpenSSLErrorQueue.clear()
        guard let roots else {
            if role == .client, SSL_CTX_set_default_verify_paths(pointer) != 1 {
                throw .library(
                    step: "loading the system's trusted authorities", reasons: OpenSSLErrorQueue.drainTexts())
            }
            return
        }
        guard SSL_CTX_load_verify_file(pointer, roots) == 1 else {
            throw .unusableFile(path: roots, role: "trust roots", reasons: OpenSSLErrorQueue.drainTexts())
        }
        if role == .server {
            // Names the authorities to clients, which choose their certificate by it.
            guard let names = SSL_load_client_CA_file(roots) else {
                throw .unusableFile(path: roots, role: "trust roots", reasons: OpenSSLErrorQueue.drainTexts())
            }
            SSL_CTX_set_client_CA_list(pointer, names)
        }
    }
}
