internal import FoundationEssentials

/// Where an edge speaks HTTP: `http://127.0.0.1:5000`, `https://logs.example.org:8443/tocsin`.
public struct EdgeAddress: Sendable, Hashable {
    public let isSecure: Bool
    public let host: String
    public let port: Int
    /// What precedes the edge's own paths, where it stands behind another server; without a slash at its end.
    let basePath: String

    /// Nil for what is no such URL: another scheme, user or password, a query or a fragment.
    public init?(_ text: String) {
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty, url.user == nil,
            url.query == nil, url.fragment == nil
        else { return nil }
        switch url.scheme?.lowercased() {
        case "http": isSecure = false
        case "https": isSecure = true
        default: return nil
        }
        // An IPv6 address stands in brackets, which are no part of it.
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = url.port ?? (isSecure ? 443 : 80)
        guard (1...65_535).contains(port) else { return nil }
        basePath = String(url.percentEncodedPath.reversed().drop { $0 == "/" }.reversed())
    }

    /// As the `Host` header has it.
    var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}

extension EdgeAddress: CustomStringConvertible {
    public var description: String { "\(isSecure ? "https" : "http")://\(authority)\(basePath)" }
}
