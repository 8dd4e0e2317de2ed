import GRPCCore
public import WireMessages

extension TierClient {
    /// One message out to each replica, over a connection of its own; all answers, in the order of the addresses.
    ///
    /// - Throws: `RPCError` that names the replica, once all were tried, or `CancellationError`.
    public func unaryOnEveryReplica<Request: WireMessage, Response: WireMessage>(
        _ method: WireMethod<Request, Response>, _ request: Request
    ) async throws -> [Response] {
        let replicas = try await configuration.replicas.resolved()
        let outcomes = await withTaskGroup(of: (Int, Result<Response, any Error>).self) { group in
            for (index, replica) in replicas.enumerated() {
                group.addTask { (index, await self.outcome(of: method, request, at: replica)) }
            }
            return await group.reduce(into: [Int: Result<Response, any Error>]()) { $0[$1.0] = $1.1 }
        }
        return try replicas.indices.compactMap { try outcomes[$0]?.get() }
    }

    private func outcome<Request: WireMessage, Response: WireMessage>(
        of method: WireMethod<Request, Response>, _ request: Request, at replica: Replicas.Address
    ) async -> Result<Response, any Error> {
        do {
            var configuration = configuration
            configuration.replicas = Replicas([(replica.host, replica.port)])
            let client = try TierClient(configuration, credentials: credentials, logger: logger)
            return .success(
                try await withThrowingTaskGroup(of: Void.self) { connections in
                    connections.addTask { try await client.run() }
                    defer { client.shutDown() }
                    return try await client.unary(method, request)
                })
        } catch let error as RPCError {
            let message = "the replica at \(replica.host):\(replica.port): \(error.message)"
            return .failure(RPCError(code: error.code, message: message, cause: error.cause))
        } catch {
            return .failure(error)
        }
    }
}
