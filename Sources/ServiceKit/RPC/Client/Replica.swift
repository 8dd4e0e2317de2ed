import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Logging

/// One replica of a tier and the connection to it.
final class Replica: Sendable {
    let address: Replicas.Address
    let client: GRPCClient<HTTP2ClientTransport.Posix>

    init(
        _ address: Replicas.Address, _ configuration: TierClientConfiguration, credentials: TLSCredentials,
        logger: Logger
    ) throws {
        self.address = address
        client = GRPCClient(
            transport: try .tierTransport(to: address, configuration, credentials: credentials, logger: logger))
    }

    /// Keeps the connection until the client shuts down.
    func run(logger: Logger) async {
        do {
            try await client.runConnections()
        } catch let error as RuntimeError where error.code == .clientIsStopped {
            // Shut down before it ran.
        } catch {
            logger.error("a replica's connection ended", error: error, metadata: ["replica": "\(address)"])
        }
    }
}

/// What is known of one replica.
public struct ReplicaStatus: Sendable, Hashable {
    public let address: Replicas.Address
    public let callsUnderWay: Int
    /// True while it gets no calls because it failed several times in a row.
    public let isLeftAlone: Bool
}
