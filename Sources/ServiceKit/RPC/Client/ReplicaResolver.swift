import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// Gives gRPC every address of every replica as an endpoint of its own, so that round robin reaches all of them.
///
/// gRPC's own DNS resolver makes one endpoint of all addresses of a name, and so one connection to one replica. Names
/// are looked up again and again, so replicas that come later are found without a restart.
struct ReplicaResolver: NameResolverFactory {
    struct Target: ResolvableTarget {
        let replicas: Replicas
    }

    static let interval = Duration.seconds(15)

    func resolver(for target: Target) -> NameResolver {
        NameResolver(names: RPCAsyncSequence(wrapping: Lookups(replicas: target.replicas)), updateMode: .push)
    }

    static func registry() -> NameResolverRegistry {
        var registry = NameResolverRegistry()
        registry.registerFactory(ReplicaResolver())
        return registry
    }
}

/// The endpoints now, and again whenever they have changed.
private struct Lookups: AsyncSequence, Sendable {
    let replicas: Replicas

    func makeAsyncIterator() -> Iterator { Iterator(replicas: replicas) }

    struct Iterator: AsyncIteratorProtocol {
        let replicas: Replicas
        var last: NameResolutionResult?

        mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(any Error) -> NameResolutionResult? {
            while true {
                if last != nil {
                    // An end of the sequence would end the channel, so fixed addresses just never change.
                    try await Task.sleep(for: replicas.areFixed ? .seconds(86_400) : ReplicaResolver.interval)
                    if replicas.areFixed { continue }
                }
                var endpoints: [Endpoint] = []
                for replica in replicas.addresses {
                    let addresses = try await HostLookup.addresses(of: replica.host, port: replica.port)
                    endpoints += addresses.map { Endpoint(addresses: [$0]) }
                }
                let result = NameResolutionResult(endpoints: endpoints, serviceConfig: nil)
                if result != last {
                    last = result
                    return result
                }
            }
        }

        mutating func next() async throws -> NameResolutionResult? { try await next(isolation: nil) }
    }
}
