internal import COpenSSL
internal import Glibc

/// The names in an X.509 certificate.
struct CertificateNames: Hashable {
    var subject: String
    var dnsNames: [String] = []
    var ipAddresses: [String] = []
    var uris: [String] = []

    /// - Parameter certificate: An `X509 *`, only read.
    init(certificate: OpaquePointer) {
        subject = Self.text(of: X509_get_subject_name(certificate))
        guard let extracted = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return }
        let names = OpaquePointer(extracted)
        defer { GENERAL_NAMES_free(names) }
        for index in 0..<tocsin_general_names_count(names) {
            guard let name = tocsin_general_names_at(names, index) else { continue }
            var kind: Int32 = 0
            let value = GENERAL_NAME_get0_value(name, &kind)
            guard let value else { continue }
            // The three kinds below are ASN.1 strings; others are no pointers to one.
            switch kind {
            case GEN_DNS: append(value, to: \.dnsNames, as: Self.ascii)
            case GEN_URI: append(value, to: \.uris, as: Self.ascii)
            case GEN_IPADD: append(value, to: \.ipAddresses, as: Self.address)
            default: break
            }
        }
    }

    private mutating func append(
        _ string: UnsafeMutableRawPointer, to list: WritableKeyPath<Self, [String]>,
        as read: (UnsafeBufferPointer<UInt8>) -> String?
    ) {
        let string = string.assumingMemoryBound(to: ASN1_STRING.self)
        let bytes = UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
        if let text = read(bytes) { self[keyPath: list].append(text) }
    }

    /// A name with a NUL or any other byte that is no printable ASCII names nobody.
    static func ascii(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func address(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes.baseAddress, &text, socklen_t(text.count)) != nil else { return nil }
        return text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    private static func text(of name: OpaquePointer?) -> String {
        guard let name, let bio = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(bio) }
        tocsin_x509_name_print(bio, name)
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
        let count = BIO_read(bio, &bytes, Int32(bytes.count))
        return String(decoding: bytes.prefix(Int(max(0, count))), as: UTF8.self)
    }
}
