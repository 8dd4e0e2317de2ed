import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// Gives gRPC every address of every replica as an endpoint of its own, so that round robin reaches all of them.
///
/// gRPC's own DNS resolver makes one endpoint of all addresses of a name, and so one connection to one replica. Names
/// are looked up whenever a connection ends, which is also when gRPC forgets the endpoint; as servers end connections
/// of a certain age, replicas that come later are found without a restart.
struct ReplicaResolver: NameResolverFactory {
    struct Target: ResolvableTarget {
        let replicas: Replicas
    }

    func resolver(for target: Target) -> NameResolver {
        NameResolver(names: RPCAsyncSequence(wrapping: Lookups(replicas: target.replicas)), updateMode: .pull)
    }

    static func registry() -> NameResolverRegistry {
        var registry = NameResolverRegistry()
        registry.registerFactory(ReplicaResolver())
        return registry
    }
}

/// One look-up each time it is asked; it has no end, which would be the channel's.
private struct Lookups: AsyncSequence, Sendable {
    let replicas: Replicas

    func makeAsyncIterator() -> Iterator { Iterator(replicas: replicas) }

    struct Iterator: AsyncIteratorProtocol {
        let replicas: Replicas

        func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(any Error) -> NameResolutionResult? {
            var endpoints: [Endpoint] = []
            for replica in replicas.addresses {
                let addresses = try await HostLookup.addresses(of: replica.host, port: replica.port)
                endpoints += addresses.map { Endpoint(addresses: [$0]) }
            }
            return NameResolutionResult(endpoints: endpoints, serviceConfig: nil)
        }

        func next() async throws -> NameResolutionResult? { try await next(isolation: nil) }
    }
}
