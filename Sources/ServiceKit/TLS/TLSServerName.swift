internal import Glibc

/// The name under which a client knows its server: what the certificate must say.
enum TLSServerName: Hashable, Sendable {
    /// Sent to the server (SNI) and compared with the certificate's DNS names.
    case host(String)
    /// Compared with the certificate's IP addresses; SNI knows no addresses.
    case address(String)

    init(_ name: String) throws(TLSError) {
        if Self.isAddress(name) {
            self = .address(name)
        } else if Self.isHostName(name) {
            self = .host(name.hasSuffix(".") ? String(name.dropLast()) : name)
        } else {
            throw .invalidServerName(name)
        }
    }

    var text: String {
        switch self {
        case .host(let name), .address(let name): name
        }
    }

    private static func isAddress(_ name: String) -> Bool {
        var storage = in6_addr()
        return !name.utf8.contains(0)
            && (inet_pton(AF_INET, name, &storage) == 1 || inet_pton(AF_INET6, name, &storage) == 1)
    }

    /// RFC 1123 labels (underscores too, which some clusters use); an IDN comes in its ASCII form.
    private static func isHostName(_ name: String) -> Bool {
        let trimmed = name.hasSuffix(".") ? name.dropLast() : name[...]
        guard (1...253).contains(trimmed.utf8.count) else { return false }
        return trimmed.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count)
                && label.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                        true
                    default: false
                    }
                }
        }
    }
}
