import NIOCore
import Synchronization

/// The identity that each connection's handshake proved, by the name that gRPC gives the connection's peer.
///
/// gRPC's custom transport has no place of its own to keep something with a connection.
final class PeerTable: Sendable {
    private struct Entry {
        let identity: PeerIdentity
        let connection: ObjectIdentifier
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// Keeps `identity` until `channel` is closed.
    func insert(_ identity: PeerIdentity, of channel: any Channel) {
        guard let peer = Self.name(of: channel) else { return }
        let connection = ObjectIdentifier(channel)
        entries.withLock { $0[peer] = Entry(identity: identity, connection: connection) }
        channel.closeFuture.whenComplete { _ in
            self.entries.withLock { entries in
                // The port may already belong to another connection.
                guard entries[peer]?.connection == connection else { return }
                entries[peer] = nil
            }
        }
    }

    /// - Parameter remotePeer: as in `ServerContext.remotePeer`.
    subscript(remotePeer: String) -> PeerIdentity? { entries.withLock { $0[remotePeer]?.identity } }

    var count: Int { entries.withLock { $0.count } }

    /// The peer as `ServerContext.remotePeer` will spell it.
    private static func name(of channel: any Channel) -> String? {
        switch channel.remoteAddress {
        case .v4(let address): "ipv4:\(address.host):\(channel.remoteAddress?.port ?? 0)"
        case .v6(let address): "ipv6:[\(address.host)]:\(channel.remoteAddress?.port ?? 0)"
        case .unixDomainSocket, nil: nil
        }
    }
}
