import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Glibc
import NIOPosix

/// Asks the system's resolver, on a thread where it may block.
enum HostLookup {
    /// All addresses of a host, of one family only: the families name the same machines.
    static func addresses(of host: String, port: Int) async throws -> [SocketAddress] {
        let found = try await NIOThreadPool.singleton.runIfActive { try lookUp(host, port: port) }
        let v4 = found.filter { $0.ipv4 != nil }
        return v4.isEmpty ? found : v4
    }

    private static func lookUp(_ host: String, port: Int) throws(RPCError) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        guard status == 0 else {
            throw RPCError(
                code: .unavailable, message: "cannot find the host '\(host)': \(String(cString: gai_strerror(status)))")
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let entry = next {
            if let text = numericHost(entry.pointee) {
                addresses.append(
                    entry.pointee.ai_family == AF_INET ? .ipv4(host: text, port: port) : .ipv6(host: text, port: port))
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }

    private static func numericHost(_ entry: addrinfo) -> String? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = getnameinfo(
            entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, Int32(NI_NUMERICHOST))
        guard status == 0 else { return nil }
        return text.withUnsafeBufferPointer { $0.baseAddress.map(String.init(cString:)) }
    }
}
