import COpenSSL
import Foundation
import ServiceKit

/// A certificate authority for one test: makes keys and certificates of its own in a directory that goes with it.
final class TestAuthority {
    /// A certificate and its key as files.
    struct Identity {
        var certificateChain: String
        var privateKey: String
    }

    let directory: URL
    /// The authority's own certificate.
    let trustRoots: String
    private let key: OpaquePointer
    private let certificate: OpaquePointer
    private var serial = 1

    init(_ name: String = "Test authority") throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        key = try Self.makeKey()
        certificate = try Self.makeCertificate(
            name: name, key: key, issuer: nil, issuerKey: key, serial: 1, validity: -86_400...86_400,
            extensions: [(NID_basic_constraints, "critical,CA:TRUE"), (NID_key_usage, "critical,keyCertSign,cRLSign")])
        trustRoots = directory.appending(path: "authority.pem").path
        try Self.writePEM(trustRoots) { PEM_write_bio_X509($0, certificate) }
    }

    deinit {
        EVP_PKEY_free(key)
        X509_free(certificate)
        try? FileManager.default.removeItem(at: directory)
    }

    /// Issues a certificate, in files named for `name`; issuing the same name again replaces both files.
    ///
    /// - Parameters:
    ///   - subjectAlternativeName: As in OpenSSL's configuration, such as `DNS:edge,IP:127.0.0.1,URI:spiffe://x/y`.
    ///   - validity: Seconds from now.
    func issue(
        _ name: String, subjectAlternativeName: String? = "DNS:localhost,IP:127.0.0.1",
        validity: ClosedRange<Int> = -3600...86_400
    ) throws -> Identity {
        serial += 1
        let key = try Self.makeKey()
        defer { EVP_PKEY_free(key) }
        let certificate = try Self.makeCertificate(
            name: name, key: key, issuer: self.certificate, issuerKey: self.key, serial: serial, validity: validity,
            extensions: subjectAlternativeName.map { [(NID_subject_alt_name, $0)] } ?? [])
        defer { X509_free(certificate) }
        let identity = Identity(
            certificateChain: directory.appending(path: "\(name).pem").path,
            privateKey: directory.appending(path: "\(name).key").path)
        try Self.writePEM(identity.certificateChain) { PEM_write_bio_X509($0, certificate) }
        try Self.writePEM(identity.privateKey) { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
        return identity
    }

    /// Writes a key again, encrypted; returns the new file.
    func encrypt(key path: String, passPhrase: String) throws -> String {
        guard let input = BIO_new_file(path, "r") else { throw Failure(step: "opening \(path)") }
        defer { BIO_free(input) }
        guard let key = PEM_read_bio_PrivateKey(input, nil, nil, nil) else { throw Failure(step: "reading \(path)") }
        defer { EVP_PKEY_free(key) }
        let encrypted = path + ".encrypted"
        try passPhrase.withCString { phrase in
            try phrase.withMemoryRebound(to: UInt8.self, capacity: passPhrase.utf8.count) { bytes in
                try Self.writePEM(encrypted) {
                    PEM_write_bio_PrivateKey(
                        $0, key, EVP_aes_256_cbc(), bytes, Int32(passPhrase.utf8.count), nil, nil)
                }
            }
        }
        return encrypted
    }

    /// A configuration with this authority as trust root and, unless `identity` is nil, a certificate to show.
    func configuration(_ identity: Identity?, applicationProtocols: [String] = ["h2"]) -> TLSConfiguration {
        TLSConfiguration(
            certificateChain: identity?.certificateChain, privateKey: identity?.privateKey, trustRoots: trustRoots,
            applicationProtocols: applicationProtocols)
    }
}

extension TestAuthority {
    struct Failure: Error {
        var step: String
    }

    private static func makeKey() throws -> OpaquePointer {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { throw Failure(step: "EVP_PKEY_CTX_new_id") }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else { throw Failure(step: "EVP_PKEY_keygen") }
        return key
    }

    private static func makeCertificate(
        name: String, key: OpaquePointer, issuer: OpaquePointer?, issuerKey: OpaquePointer, serial: Int,
        validity: ClosedRange<Int>, extensions: [(Int32, String)]
    ) throws -> OpaquePointer {
        guard let certificate = X509_new() else { throw Failure(step: "X509_new") }
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial)
        X509_gmtime_adj(X509_getm_notBefore(certificate), validity.lowerBound)
        X509_gmtime_adj(X509_getm_notAfter(certificate), validity.upperBound)
        X509_set_pubkey(certificate, key)
        let subject = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8, "Tocsin tests", -1, -1, 0)
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0)
        X509_set_issuer_name(certificate, X509_get_subject_name(issuer ?? certificate))
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer ?? certificate, certificate, nil, nil, 0)
        for (kind, value) in extensions {
            guard let item = X509V3_EXT_conf_nid(nil, &context, kind, value) else {
                throw Failure(step: "extension \(value)")
            }
            X509_add_ext(certificate, item, -1)
            X509_EXTENSION_free(item)
        }
        guard X509_sign(certificate, issuerKey, EVP_sha256()) > 0 else { throw Failure(step: "X509_sign") }
        return certificate
    }

    private static func writePEM(_ path: String, _ write: (OpaquePointer?) -> Int32) throws {
        guard let bio = BIO_new_file(path, "w") else { throw Failure(step: "opening \(path)") }
        defer { BIO_free(bio) }
        guard write(bio) == 1 else { throw Failure(step: "writing \(path)") }
    }
}
