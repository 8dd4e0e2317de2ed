internal import GRPCNIOTransportHTTP2Posix

/// Where the replicas of a tier are: addresses, and host names that stand for all addresses they resolve to.
public struct Replicas: Sendable, Hashable {
    public struct Address: Sendable, Hashable {
        public let host: String
        public let port: Int
    }

    public let addresses: [Address]

    public init(_ addresses: [(host: String, port: Int)]) {
        self.addresses = addresses.map { Address(host: $0.host, port: $0.port) }
    }

    /// Reads `host:port,host:port`; an IPv6 address stands in brackets. Nil where that is not what `text` is.
    public init?(_ text: String) {
        var addresses: [Address] = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let item = item.trimming(while: \.isWhitespace)
            guard let colon = item.lastIndex(of: ":"), let port = Int(item[item.index(after: colon)...]),
                (1...65_535).contains(port)
            else { return nil }
            var host = item[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") {
                host = host.dropFirst().dropLast()
            } else if host.contains(":") {
                return nil
            }
            guard !host.isEmpty else { return nil }
            addresses.append(Address(host: String(host), port: port))
        }
        self.addresses = addresses
    }
}

extension Replicas {
    /// The replicas one by one: each host name as all the addresses it resolves to.
    func resolved() async throws -> [Address] {
        var found: [Address] = []
        for address in addresses { found += try await address.lookUp() }
        return found
    }
}

extension Replicas.Address: CustomStringConvertible {
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The numeric addresses that the host stands for now.
    ///
    /// - Throws: `RPCError` where it stands for none.
    public func lookUp() async throws -> [Replicas.Address] {
        try await HostLookup.addresses(of: host, port: port).compactMap { address in
            (address.ipv4?.host ?? address.ipv6?.host).map { Replicas.Address(host: $0, port: port) }
        }
    }
}

extension Setting where Value == Replicas {
    /// The addresses of a tier's replicas.
    public static func replicas(_ name: String, _ summary: String, fallback: Replicas) -> Setting {
        Setting(
            name, summary, expected: "host:port, or several with commas between them", fallback: fallback,
            fallbackText: fallback.addresses.map { "\($0.host):\($0.port)" }.joined(separator: ","),
            parse: Replicas.init)
    }
}
